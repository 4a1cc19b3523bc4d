import test from 'ava'
import { orText } from '../../src/parts/or-text.ts'
import { loadOf, loads, trialKinds, udpLoads } from '../../src/parts/loads/loads.ts'
import { amounts, distributions } from '../../src/parts/metrics/metrics.ts'
import { madeUpLoad, imaginedScenario } from './made-up-load.ts'
import { projectWith } from './project-with.ts'

test('every kind of load is found by its name, and a name is nobody else’s', (t) => {
  t.deepEqual(trialKinds.map(loadOf), loads)
  t.throws(() => loadOf('burst'), { message: 'no kind of load burst' })
})

test('every metric comes from a kind of load that there is', (t) => {
  const strangers = [...amounts, ...distributions].filter(({ load }) => !trialKinds.includes(load))
  t.deepEqual(strangers, [])
})

test('an answer of the generator to another kind of trial is taken by none', (t) => {
  const answer = { ...counted, kind: 'burst', sendNs: 1, shortSends: 0 }
  t.deepEqual(
    udpLoads.filter((load) => load.answer.safeParse(answer).success),
    [],
  )
})

const counted = {
  path: 'stack',
  ...{ startNs: 0, durationNs: 1, sent: 1, received: 1, lost: 0, reordered: 0, duplicated: 0, corrupted: 0 },
  ...{ misdirected: 0, strays: 0, senderCpuPackets: 1, otherCpuPackets: 0, receivedByServer: [1] },
  ...{ flowsByServer: [1], movedPackets: 0, senderCpuNs: 1, receiverCpuNs: 1, senderPreempted: 0 },
  receiverPreempted: 0,
}

test('a kind of load and metrics that are added are in the schema, in what is said of a scenario, and in gates', async (t) => {
  const { folder, bench } = projectWith(t, madeUpLoad)
  const file = imaginedScenario(folder)
  t.regex((await bench('schema', 'scenario')).stdout, /"const": "imagined"/)
  t.regex((await bench('schema', 'run')).stdout, /"imaginedSpreadNs"/)
  const shown = await bench('show', file)
  t.regex(shown.stdout, /^imagined +100 full frames, one in flight$/m, shown.stderr)
  const wrong = await bench('show', file.replace('imagined.yaml', 'wrong.yaml'))
  t.true(wrong.stderr.includes(`a kind of trial: imagined, ${orText(trialKinds)}`), wrong.stderr)
})
