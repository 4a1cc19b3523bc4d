import test from 'ava'
import { differenceLines } from '../../src/across/differences.ts'
import { programDifferences } from '../../src/across/identity-differences.ts'
import { commitWords, subjectWords } from '../../src/across/identity.ts'
import type { RunRecord, Subject } from '../../src/record/record.ts'
import { sampleRecord } from '../report/sample-record.ts'

const subject: Subject = {
  scenarioSha256: 'a'.repeat(64),
  git: { commit: '0123456789abcdef0123456789abcdef01234567', isDirty: false },
}

const measured = (
  runId: string,
  { tag, objectSha256, ...own }: Partial<Subject> & { tag?: string; objectSha256?: string } = {},
): RunRecord => {
  const record = sampleRecord()
  return {
    ...record,
    runId,
    subject: { ...subject, ...own },
    paths: record.paths.map((path) => ({
      ...path,
      programs: path.programs.map((program) => ({
        ...program,
        tag: tag ?? '0011223344556677',
        objectSha256: objectSha256 ?? 'b'.repeat(64),
      })),
    })),
  }
}

/** As records of earlier versions are. */
const bare = (runId: string): RunRecord => {
  const { subject: _subject, ...record } = sampleRecord()
  return {
    ...record,
    runId,
    paths: record.paths.map((path) => ({
      ...path,
      programs: path.programs.map(({ tag: _tag, objectSha256: _sha, ...program }) => program),
    })),
  }
}

const first = measured('first')

test('runs of one commit with the same programs differ in nothing', (t) => {
  t.deepEqual(differenceLines(first, measured('second')), [])
})

test('another version of a program is told by its tag, and a change of its object alone by that', (t) => {
  t.deepEqual(differenceLines(first, measured('second', { tag: '8899aabbccddeeff' })), [
    'program of redirect, redirect_ingress at tc/ingress of netns-2/veth1@2: tag 0011223344556677, object bbbbbbbbbbbb, then tag 8899aabbccddeeff, object bbbbbbbbbbbb',
  ])
  t.deepEqual(differenceLines(first, measured('second', { objectSha256: 'c'.repeat(64) })), [
    'program of redirect, redirect_ingress at tc/ingress of netns-2/veth1@2: tag 0011223344556677, object bbbbbbbbbbbb, then tag 0011223344556677, object cccccccccccc',
  ])
})

test('a commit is told short, with a + where files differ from it', (t) => {
  const dirty = measured('second', { git: { commit: subject.git!.commit, isDirty: true } })
  t.is(commitWords(dirty), '0123456789ab+')
  t.deepEqual(differenceLines(first, dirty), ['commit: 0123456789ab, then 0123456789ab+'])
  const elsewhere = measured('second', { git: null })
  t.deepEqual(differenceLines(first, elsewhere), ['commit: 0123456789ab, then in no repository'])
})

test('a program that a path has no longer is told', (t) => {
  const second = measured('second')
  const without = { ...second, paths: second.paths.map((path) => ({ ...path, programs: [] })) }
  t.deepEqual(
    programDifferences(first, without).map((one) => one.second),
    ['none'],
  )
})

test('runs that do not say what they measured are not called the same', (t) => {
  t.deepEqual(differenceLines(bare('first'), bare('second')), [
    'not recorded in either, and so perhaps not the same: commit, versions of the programs',
  ])
  t.deepEqual(differenceLines(bare('first'), first), [
    'recorded in one of them only: commit, program of redirect, redirect_ingress at tc/ingress of netns-2/veth1@2',
  ])
  t.is(commitWords(bare('first')), 'not recorded')
})

test('of a run of two versions both are told', (t) => {
  const versions = { base: 'main (fedcba987654)', head: 'the files as they are' }
  const ab = measured('first', { versions })
  t.is(subjectWords(ab), 'main (fedcba987654) → the files as they are (0123456789ab)')
  const other = measured('second', { versions: { ...versions, base: 'v1.2 (111111111111)' } })
  t.regex(
    differenceLines(ab, other)[0]!,
    /^versions: main \(fedcba987654\) → .*, then v1\.2 \(111111111111\) → /,
  )
})
