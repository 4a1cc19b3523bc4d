import test from 'ava'
import { parseWay } from '../../src/scenario/way.ts'

const devices = new Map([
  ['client', ['eth0']],
  ['router', ['eth0', 'eth1']],
])
const program = {
  object: '/a.bpf.o',
  program: 'redirect',
  hook: 'tc/ingress',
  namespace: 'router',
  device: 'eth0',
  maps: {},
} as const

test('a word is a namespace, a device in one, or an attached program', (t) => {
  t.deepEqual(parseWay(['client', 'router/eth1', 'redirect'], [program], devices), {
    steps: [
      { through: 'stack', namespace: 'client' },
      { through: 'device', namespace: 'router', device: 'eth1' },
      { through: 'program', namespace: 'router', device: 'eth0', hook: 'tc/ingress', program: 'redirect' },
    ],
    issues: [],
  })
})

test('a namespace comes before a program of its name', (t) => {
  const { steps } = parseWay(['router'], [{ ...program, program: 'router' }], devices)
  t.deepEqual(steps, [{ through: 'stack', namespace: 'router' }])
})

test('a word that is none of them is left out, and told with its place', (t) => {
  const { steps, issues } = parseWay(['client', 'router/eth2', 'router'], [], devices)
  t.is(steps.length, 2)
  t.deepEqual(issues, [
    {
      index: 1,
      message:
        'no namespace, NAMESPACE/DEVICE or program "router/eth2" on this path; did you mean "router/eth0"?',
    },
  ])
})
