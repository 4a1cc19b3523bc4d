/** Which version of what a run measured, in words. */
import type { PathRecord, RunRecord } from '../record/record.ts'

/** The release of a kernel of which all is told, as `uname -r` has it: `6.18.5`. */
export const releaseOf = (kernel: string): string => kernel.split(' ', 1).join()

/** The release of a run's kernel; of several what paths call them. */
export function kernelRelease({ environment }: Pick<RunRecord, 'environment'>): string {
  const kernels = kernelsOf(environment)
  return kernels.length > 1 ? kernels.map(({ name }) => name).join(' and ') : releaseOf(environment.kernel)
}

type Machines = NonNullable<RunRecord['environment']['machines']>

/** The kernels of virtual machines, each once; none where paths were on this machine's. */
export const kernelsOf = ({ machines = [] }: RunRecord['environment']): Machines =>
  machines.filter(({ kernel, image }, index) => {
    const first = machines.findIndex((one) => one.kernel === kernel && one.image === image)
    return first === index
  })

/** What stands for what a record does not say: those of earlier versions say nothing of it. */
export const notRecorded = 'not recorded'

const shortDigits = 12

type Program = PathRecord['programs'][number]

/** `0123456789ab`, with a `+` where files differed from it. */
export function commitWords({ subject }: Pick<RunRecord, 'subject'>): string {
  if (subject === undefined) return notRecorded
  if (subject.git === null) return 'in no repository'
  return `${subject.git.commit.slice(0, shortDigits)}${subject.git.isDirty ? '+' : ''}`
}

/** The commit; of a run that compares two versions, both. */
export function subjectWords(record: Pick<RunRecord, 'subject'>): string {
  const versions = record.subject?.versions
  return versions === undefined
    ? commitWords(record)
    : `${versionWords(record, 'base')} → ${versionWords(record, 'head')}`
}

/** What a side of a run that compares two versions is: as the user named it, or the files and where they come from. */
export function versionWords(record: Pick<RunRecord, 'subject'>, side: 'base' | 'head'): string {
  const { subject } = record
  const label = subject?.versions?.[side] ?? notRecorded
  return label === theFiles && subject !== undefined && subject.git !== null
    ? `${label} (${commitWords(record)})`
    : label
}

/** What a version is called that is the working tree. */
export const theFiles = 'the files as they are'

/** `tag 0123456789abcdef, object 0123456789ab`: of the instructions as the kernel loaded them, and of the whole file. */
export const programWords = ({ tag, objectSha256 }: Pick<Program, 'tag' | 'objectSha256'>): string =>
  tag === undefined && objectSha256 === undefined
    ? notRecorded
    : [
        ...(tag === undefined ? [] : [`tag ${tag}`]),
        ...(objectSha256 === undefined ? [] : [`object ${objectSha256.slice(0, shortDigits)}`]),
      ].join(', ')

/** A program among those of its path: the same one may be at several devices. */
export const programName = ({ program, hook, namespace, device }: Program): string =>
  `${program} at ${hook} of ${namespace}/${device}`

/** The programs of a path with what tells their versions, one line each. */
export const programLines = ({ paths }: RunRecord, path: string): string[] =>
  (paths.find(({ name }) => name === path)?.programs ?? []).map(
    (one) => `${one.object === undefined ? '' : `${one.object} `}${one.program}: ${programWords(one)}`,
  )
