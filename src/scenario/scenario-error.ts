/** The error that tells of every problem of a scenario file, and what could still be looked at for more. */
import { relative } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { showPath } from './issues.ts'
import { pathAsWritten } from './link-forms.ts'
import type { Scenario } from './scenario.ts'
import { type Issue, parseYaml } from './yaml-file.ts'

/** The most problems that are shown one by one: a file with more is no scenario with mistakes. */
const mostShown = 100

/** The file with its problems. */
interface Wrong {
  /** As it was named. */
  readonly file: string
  readonly source: string
  readonly issues: readonly Issue[]
  /** Options that changed its text, whose lines are then not those of the file. */
  readonly changedBy?: string | undefined
  /** What of it has the right shape, so that its programs and rules can be looked at. */
  readonly sound?: Scenario | undefined
}

/** Problems of a scenario file, in the order of its lines. */
export class ScenarioError extends BenchError {
  readonly sound: Scenario | undefined
  readonly #wrong: Wrong

  constructor(wrong: Wrong) {
    const { file, issues, changedBy, sound } = wrong
    super(
      `Could not use scenario ${shown(file)}${changedBy === undefined ? '' : ` with ${changedBy}`}: ${issues.length === 1 ? 'a problem' : `${issues.length} problems`}`,
      {
        trouble: 'usage',
        details: linesOf(wrong),
        hint: 'docs/scenario.md explains every key of a scenario file',
      },
    )
    this.#wrong = wrong
    this.sound = sound
  }

  /** The same, with further problems: but for those of places that something is known to be wrong with. */
  with(more: readonly Issue[]): ScenarioError {
    const { issues } = this.#wrong
    const known = new Set(issues.map(({ path }) => JSON.stringify(path)))
    const others = more.filter(({ path }) => !known.has(JSON.stringify(path)))
    return new ScenarioError({ ...this.#wrong, issues: [...issues, ...others] })
  }
}

function shown(file: string): string {
  const fromHere = relative(process.cwd(), file)
  return fromHere.startsWith('..') ? file : fromHere
}

function linesOf({ file, source, issues, changedBy }: Wrong): string {
  const yaml = parseYaml(source)
  const lines = issues
    .map((issue) => ({ ...issue, path: pathAsWritten(issue.path, yaml.value) }))
    .map((issue) => ({ ...issue, position: issue.position ?? yaml.positionOf(issue.path) }))
    .toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .slice(0, mostShown)
    .map(({ path, message, position }) => {
      const place = changedBy === undefined ? [`${shown(file)}:${position.line}:${position.column}`] : []
      return `${[...place, ...(path.length === 0 ? [] : [showPath(path)])].join('  ')}: ${message}`
    })
  return [...lines, ...(issues.length > mostShown ? [`and ${issues.length - mostShown} more`] : [])].join(
    '\n',
  )
}
