/** What two runs say of the versions that they measured, where that is not the same. */
import type { PathRecord, RunRecord } from '../record/record.ts'
import type { Difference } from './environment-differences.ts'
import { commitWords, notRecorded, programName, programWords, subjectWords } from './identity.ts'

type Program = PathRecord['programs'][number]

/**
 * Differences of commit and programs: the code under test, and so most likely the cause of a change. What one of the
 * runs does not record is `not recorded` there; what neither does is told by `unrecordedIdentity`.
 */
export const identityDifferences = (first: RunRecord, second: RunRecord): Difference[] => [
  ...commitDifference(first, second),
  ...programDifferences(first, second),
]

/** Differences of the programs of paths that both runs have. */
export const programDifferences = (first: RunRecord, second: RunRecord): Difference[] =>
  first.paths.flatMap((path) => {
    const other = second.paths.find(({ name }) => name === path.name)
    return other === undefined ? [] : differencesOfPath(path, other)
  })

function commitDifference(first: RunRecord, second: RunRecord): Difference[] {
  const isOfVersions = (first.subject ?? second.subject)?.versions !== undefined
  const words = isOfVersions ? subjectWords : commitWords
  const difference = {
    what: isOfVersions ? 'versions' : 'commit',
    first: words(first),
    second: words(second),
  }
  return difference.first === difference.second ? [] : [difference]
}

function differencesOfPath(one: PathRecord, other: PathRecord): Difference[] {
  const before = new Map(one.programs.map((program) => [programName(program), program]))
  const after = new Map(other.programs.map((program) => [programName(program), program]))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const difference = {
      what: `program of ${one.name}, ${name}`,
      first: versionOf(before.get(name), after.get(name)),
      second: versionOf(after.get(name), before.get(name)),
    }
    return difference.first === difference.second ? [] : [difference]
  })
}

/** What a program and its counterpart both record; a path that was skipped had its programs not loaded. */
function versionOf(program: Program | undefined, other: Program | undefined): string {
  if (program === undefined) return 'none'
  if (other === undefined) return programWords(program)
  const hasBoth = (key: 'tag' | 'objectSha256') => program[key] !== undefined && other[key] !== undefined
  const isKnownOfBoth = hasBoth('tag') || hasBoth('objectSha256')
  return isKnownOfBoth
    ? programWords({
        ...(hasBoth('tag') ? { tag: program.tag } : {}),
        ...(hasBoth('objectSha256') ? { objectSha256: program.objectSha256 } : {}),
      })
    : programWords(program)
}

/** What neither run says of its versions: that they are the same cannot be said then. */
export function unrecordedIdentity(first: RunRecord, second: RunRecord): string[] {
  if (first.runId === second.runId) return []
  const runs = [first, second]
  const programs = runs.flatMap(({ paths }) => paths.flatMap((path) => path.programs))
  return [
    ...(runs.every(({ subject }) => subject === undefined) ? ['commit'] : []),
    ...(programs.length > 0 && programs.every((one) => programWords(one) === notRecorded)
      ? ['versions of the programs']
      : []),
  ]
}
