import test from 'ava'
import { activityBetween, parseMachineTime, readMachineTime } from '../../src/host/machine-time.ts'

// As Linux 6.18 prints it, cut.
const stat = `cpu  1000 50 300 8000 100 20 30 400 7 3
cpu0 500 25 150 4000 50 10 15 200 4 2
cpu1 500 25 150 4000 50 10 15 200 3 1
intr 123456 0 9 0
ctxt 987654
btime 1795000000
processes 4321
procs_running 2
procs_blocked 0
softirq 5000 1 1000 300 2000 4 0 5 1500 6 184
`

const before = parseMachineTime(stat)

test('the time of all CPUs is read, guests counted once', (t) => {
  t.deepEqual(before, {
    totalTicks: 9900,
    idleTicks: 8100,
    stealTicks: 400,
    contextSwitches: 987_654,
    netTxSoftirqs: 300,
    netRxSoftirqs: 2000,
  })
})

test('shares are of the time that passed between two readings', (t) => {
  const after = {
    totalTicks: before.totalTicks + 200,
    idleTicks: before.idleTicks + 50,
    stealTicks: before.stealTicks + 20,
    contextSwitches: before.contextSwitches + 7,
    netTxSoftirqs: before.netTxSoftirqs + 1,
    netRxSoftirqs: before.netRxSoftirqs + 640,
  }
  t.deepEqual(activityBetween(before, after), {
    stealShare: 0.1,
    busyShare: 0.65,
    contextSwitches: 7,
    netTxSoftirqs: 1,
    netRxSoftirqs: 640,
  })
})

test('where no tick passed nothing is known of steal', (t) => {
  const { stealShare, busyShare } = activityBetween(before, before)
  t.is(stealShare, null)
  t.is(busyShare, 0)
})

test('this machine says what its CPUs did', (t) => {
  const now = readMachineTime()
  t.true(now.totalTicks > now.idleTicks)
  t.true(now.contextSwitches > 0)
})
