/** The nftables rulesets that each path adds, as the scenario's text has them. */
import { parse } from 'yaml'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const rulesetsIn = (value: unknown): string[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, inner]) =>
        key === 'nftables' && typeof inner === 'string' ? [inner.trim()] : rulesetsIn(inner),
      )
    : []

/** What the text says of its paths; nothing where it is no scenario that can be read. */
const pathsOf = (scenarioSource: string): Readonly<Record<string, unknown>> => {
  try {
    const scenario: unknown = parse(scenarioSource, { logLevel: 'silent' })
    return isObject(scenario) && isObject(scenario.paths) ? scenario.paths : {}
  } catch {
    return {}
  }
}

/** By path; none for a path that adds none. */
export const rulesByPath = (scenarioSource: string): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(pathsOf(scenarioSource)).flatMap(([path, own]) => {
      const rules = rulesetsIn(own).join('\n')
      return rules === '' ? [] : [[path, rules] as const]
    }),
  )
