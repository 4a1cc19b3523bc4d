/** Which version of what was measured: two reports with the same are of the same thing. */
import type { RunRecord } from '../../record/record.ts'
import type { Fact } from './surroundings.ts'

/** Digits of a hash or commit that are enough to tell versions apart by eye. */
const shownDigits = 12

const short = (hash: string): string => hash.slice(0, shownDigits)

const notRecorded = 'not recorded'

const commitText = ({ subject }: RunRecord): string => {
  if (subject === undefined) return notRecorded
  if (subject.git === null) return 'none: the scenario is in no git repository'
  return `${short(subject.git.commit)}${subject.git.isDirty ? ', with changes' : ''}`
}

const programFacts = ({ paths }: RunRecord): Fact[] =>
  paths.flatMap(({ name, programs }) =>
    programs.map(({ program, object, hook, device, tag, objectSha256 }) => ({
      label: `${name}: ${program} at ${hook} of ${device}`,
      value: `tag ${tag ?? notRecorded}; ${object}, SHA-256 ${objectSha256 === undefined ? notRecorded : short(objectSha256)}`,
    })),
  )

/** The commit, the scenario, the versions compared, and every program that was attached. */
export const identityFacts = (record: RunRecord): Fact[] => {
  const { subject } = record
  return [
    { label: 'Commit', value: commitText(record) },
    {
      label: 'Scenario, SHA-256',
      value: subject === undefined ? notRecorded : short(subject.scenarioSha256),
    },
    ...(subject?.versions === undefined
      ? []
      : [
          { label: 'Base version', value: subject.versions.base },
          { label: 'Head version', value: subject.versions.head },
        ]),
    ...programFacts(record),
  ]
}
