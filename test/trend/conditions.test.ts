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
    { run: 2, changes: ['kernel 6.1 → 6.6', 'mitigations changed'] },
    { run: 3, changes: ['clang not known → 15'] },
  ])
})

test('a history of no runs or one has no changes', (t) => {
  t.deepEqual(conditionsChanges([]), [])
  t.deepEqual(conditionsChanges([under(0, { kernel: '6.1' })]), [])
})
