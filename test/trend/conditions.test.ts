import test from 'ava'
import { conditionsChanges } from '../../src/trend/conditions.ts'
import { entryFor } from './made-up-history.ts'

const under = (run: number, conditions: Record<string, string>) => entryFor(run, () => 1, { conditions })

test('a change of conditions is told with the run that it begins at', (t) => {
  const changes = conditionsChanges([
    under(0, { kernel: '6.1', mitigations: 'sha256:aa' }),
    under(1, { kernel: '6.1', mitigations: 'sha256:aa' }),
    under(2, { kernel: '6.6', mitigations: 'sha256:bb' }),
    under(3, { kernel: '6.6', mitigations: 'sha256:bb', clang: '15' }),
  ])
  t.deepEqual(changes, [
    {
      run: 2,
      changes: ['kernel 6.1 → 6.6', 'mitigations changed'],
      isOfSubject: false,
      environment: [
        { name: 'kernel', before: '6.1', after: '6.6' },
        { name: 'mitigations', before: 'sha256:aa', after: 'sha256:bb' },
      ],
    },
    { run: 3, changes: ['clang not recorded → 15'], isOfSubject: false, environment: [] },
  ])
})

test('a history of no runs or one has no changes', (t) => {
  t.deepEqual(conditionsChanges([]), [])
  t.deepEqual(conditionsChanges([under(0, { kernel: '6.1' })]), [])
})

const version = (run: number, commit: string, tag?: string) =>
  entryFor(run, () => 1, {
    commit,
    conditions: { kernel: '6.1', ...(tag === undefined ? {} : { 'program tc of redirect': `tag ${tag}` }) },
  })

test('another version of a program is marked where it begins, with the commits', (t) => {
  t.deepEqual(conditionsChanges([version(0, 'aa', '1'), version(1, 'bb', '1'), version(2, 'cc', '2')]), [
    {
      run: 2,
      changes: ['program tc of redirect: tag 1 → tag 2 (commit bb → cc)'],
      isOfSubject: true,
      environment: [],
    },
  ])
})

test('a run in which the path was not measured is no other version', (t) => {
  t.deepEqual(conditionsChanges([version(0, 'aa', '1'), version(1, 'aa'), version(2, 'aa', '1')]), [])
})

test('the first run that records its programs says that those before it did not', (t) => {
  const { commit: _commit, ...old } = version(0, '')
  t.deepEqual(conditionsChanges([old, version(1, 'aa', '1')]), [
    {
      run: 1,
      changes: ['program tc of redirect: not recorded → tag 1 (commit not recorded → aa)'],
      isOfSubject: true,
      environment: [],
    },
  ])
})

test('another scenario file is a change of what is measured', (t) => {
  const file = (run: number, digest: string) => under(run, { 'scenario file': digest })
  t.deepEqual(conditionsChanges([file(0, 'sha256:aa'), file(1, 'sha256:bb')]), [
    { run: 1, changes: ['scenario file changed'], isOfSubject: true, environment: [] },
  ])
})
