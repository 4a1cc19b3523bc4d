/** Annotations for GitHub: what is slower, breached, broken, left out or undecided, where the scenario has it. Pure. */
import type { RunRecord } from '../record/record.ts'
import { parseYaml } from '../scenario/yaml-file.ts'
import { type Check, type CheckState, checksOf, type Subject } from './checks.ts'
import type { Selection } from './figures.ts'
import { type Annotation, type Place, workflowCommand } from './workflow-command.ts'

const levels: Readonly<Record<CheckState, Annotation['level'] | undefined>> = {
  passed: undefined,
  failed: 'error',
  broken: 'error',
  skipped: 'warning',
  undecided: 'notice',
}

/**
 * One line for each path and state, gate, and kind of warning, as GitHub shows ten of a level for a step; a
 * run in which all is well gives none.
 *
 * @param scenarioFile the scenario in the repository; undefined where it is not in there
 */
export function githubAnnotations(
  record: RunRecord,
  selection: Selection,
  gateChecks: readonly Check[],
  scenarioFile: string | undefined,
): string {
  const placeOf = placesIn(record, scenarioFile)
  const groups = Map.groupBy(checksOf(record, selection, gateChecks), ({ subject, name, state }) =>
    JSON.stringify([subject, state, subject.kind === 'gate' ? name : '']),
  )
  const annotations = [
    ...[...groups.values()].flatMap((checks) => annotationOf(record, checks, placeOf)),
    ...[...Map.groupBy(record.warnings, ({ code }) => code)].map(([code, warnings]) => ({
      level: 'warning' as const,
      title: `${record.scenario}: ${code.replaceAll('-', ' ')}`,
      message: warnings.map(({ message }) => message).join('\n'),
      ...placeOf({ kind: 'run' }),
    })),
  ]
  return annotations.map((annotation) => `${workflowCommand(annotation)}\n`).join('')
}

/** What becomes of a subject in a state; a gate has words of its own. */
const titles: Readonly<Record<CheckState, readonly [subject: string, gate: string]>> = {
  passed: ['passed', 'is held'],
  failed: ['is slower', 'is breached'],
  broken: ['could not be measured', 'could not be judged'],
  skipped: ['was skipped', 'was skipped'],
  undecided: ['is undecided', 'is undecided'],
}

type PlaceOf = (subject: Subject) => { readonly place?: Place }

function annotationOf({ scenario }: RunRecord, checks: readonly Check[], placeOf: PlaceOf): Annotation[] {
  const [first] = checks
  const level = first === undefined ? undefined : levels[first.state]
  if (first === undefined || level === undefined) return []
  const { subject, state, name } = first
  const [what, words] =
    subject.kind === 'gate'
      ? [name, titles[state][1]]
      : [subject.kind === 'path' ? subject.path : 'the run', titles[state][0]]
  return [
    {
      level,
      title: `${scenario}: ${what} ${words}`,
      message: checks.map(({ message }) => `${message}.`).join('\n'),
      ...placeOf(subject),
    },
  ]
}

/** Lines are those of the scenario as it was read for the run. */
function placesIn({ scenarioSource }: RunRecord, scenarioFile: string | undefined): PlaceOf {
  const { value, positionOf } = parseYaml(scenarioSource)
  const hasLines = value !== undefined && value !== null
  return (subject) => {
    const ownFile = subject.kind === 'gate' ? subject.file : undefined
    const file = ownFile ?? scenarioFile
    if (file === undefined) return {}
    if (subject.kind === 'gate') return { place: { file, line: subject.line } }
    if (!hasLines) return { place: { file } }
    return {
      place: {
        file,
        line: positionOf(subject.kind === 'path' ? ['paths', subject.path] : ['name']).line,
      },
    }
  }
}
