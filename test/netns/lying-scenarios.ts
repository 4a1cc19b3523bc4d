/** What redirect-vs-stack is changed by to have paths that lie, and beside them the stack and an honest path. */
import {
  lies,
  liesAboutHttp,
  liesBySizeOrFlow,
  type Lies,
  routerRules,
  routerRulesOfHttp,
} from './lying-paths.ts'
import type { Change } from './own-scenario.ts'

/** A candidate whose router has rules of nftables. */
export const candidate = (rules: string) => ({
  role: 'candidate',
  title: 'forwards as the stack does, with a rule of nftables',
  needs: ['nftables'],
  topology: { namespaces: { 'netns-2': { nftables: rules } } },
})

/** The stack, an honest path with a rule that only counts, and others. */
export const pathChanges = (
  others: Readonly<Record<string, unknown>>,
  honestRules = routerRules(['counter']),
): Change[] => [
  ...['redirect', 'control', 'floor'].map((name): Change => [['paths', name], undefined]),
  [['paths', 'honest'], candidate(honestRules)],
  ...Object.entries(others).map(([name, path]): Change => [['paths', name], path]),
]

/** Paths of whole runs are live at once: so many of them a run. */
const pathsOfARun = 12

export interface Liars {
  /** The names of the paths that lie. */
  readonly names: readonly string[]
  readonly changes: readonly Change[]
}

const liarsOf = (all: Lies): Liars => ({
  names: Object.keys(all),
  changes: pathChanges(
    Object.fromEntries(
      Object.entries(all).map(([name, statement]) => [name, candidate(routerRules([statement]))]),
    ),
  ),
})

/** On one flow of small packets. */
export const usualLiars: readonly Liars[] = Array.from(
  { length: Math.ceil(Object.keys(lies).length / pathsOfARun) },
  (_, group) =>
    liarsOf(Object.fromEntries(Object.entries(lies).slice(group * pathsOfARun, (group + 1) * pathsOfARun))),
)

/** Those that choose by size or flow. @param packets of a flood, a ping-pong and a paced trial */
export function liarsBySizeOrFlow(packets: readonly [number, number, number]): Liars {
  const liars = liarsOf(liesBySizeOrFlow)
  const load = [
    { kind: 'flood', packets: packets[0], payloadBytes: 64 },
    { kind: 'pingpong', packets: packets[1], payloadBytes: 1400 },
    { kind: 'paced', packets: packets[2], payloadBytes: 1472 },
  ]
  return { ...liars, changes: [[['load'], load], [['client', 'flows'], 8], ...liars.changes] }
}

/** Under HTTP alone. */
export function liarsAboutHttp(load: object): Liars {
  const paths = Object.entries(liesAboutHttp).map(
    ([name, statement]) => [name, candidate(routerRulesOfHttp(statement))] as const,
  )
  return {
    names: Object.keys(liesAboutHttp),
    changes: [
      [['load'], [load]],
      // It counts UDP.
      [['paths', 'stack', 'proof'], undefined],
      ...pathChanges(Object.fromEntries(paths), routerRulesOfHttp('tcp sport 80 counter')),
    ],
  }
}
