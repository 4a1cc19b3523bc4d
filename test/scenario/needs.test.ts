import test from 'ava'
import { needsOf } from '../../src/scenario/needs.ts'
import { lossesOf } from '../../src/scenario/loss.ts'
import { findScenario, listScenarios } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { changed, parse } from './example.ts'

const needsOfRedirect = (text: string) => needsOf(parse(text).paths.find(({ name }) => name === 'redirect')!)
const withoutNeeds = changed('    needs: [tc-bpf]\n', '')

test('a path needs what the file says, then what its hooks and its proof cannot do without, each once', (t) => {
  t.deepEqual(needsOfRedirect(changed('[tc-bpf]', '[bridge, tc-bpf]')), ['bridge', 'tc-bpf', 'run-counts'])
})

for (const [hook, need] of [
  ['tc/ingress', 'tc-bpf'],
  ['tc/egress', 'tc-bpf'],
  ['tcx/ingress', 'tcx'],
  ['xdp/generic', 'xdp-generic'],
  ['xdp/native', 'xdp-native'],
] as const)
  test(`a path with a program at ${hook} needs ${need} without saying so`, (t) => {
    const text = changed('tc/ingress', hook, withoutNeeds)
    t.deepEqual(needsOfRedirect(text), [need, 'run-counts'])
    t.deepEqual(lossesOf([need], [parse(text)]), [{ scenario: 'example', lost: 'the run' }])
  })

for (const name of listScenarios())
  test(`${name} says all that its paths need`, (t) => {
    for (const path of loadScenario(findScenario(name)).paths) t.deepEqual(needsOf(path), path.needs)
  })
