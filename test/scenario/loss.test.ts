import test from 'ava'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { lossesOf, lossText } from '../../src/scenario/loss.ts'

const scenarios = ['dsr-vs-nat', 'redirect-vs-stack'].map((name) => loadScenario(findScenario(name)))

test('a missing tool costs the scenarios that call it', (t) => {
  t.deepEqual(lossesOf(['nft'], scenarios), [{ scenario: 'dsr-vs-nat', lost: 'the run' }])
  t.deepEqual(lossesOf(['make'], scenarios), [])
})

test('a missing capability costs the paths that need it', (t) => {
  t.is(lossText(lossesOf(['xdp-native'], scenarios)), 'dsr-vs-nat runs without dsr-tc-native, dsr-xdp-native')
})

test('a path by itself runs beside its control, and loses a run with that alone', (t) => {
  const [scenario] = scenarios
  const alone = { ...scenario!, paths: scenario!.paths.filter(({ role }) => role !== 'candidate') }
  t.deepEqual(lossesOf(['netkit'], [alone]), [])
  t.is(lossText(lossesOf(['nftables'], [alone])), 'dsr-vs-nat cannot run')
})

test('without its baseline or its last candidate, a scenario cannot run', (t) => {
  t.is(lossText(lossesOf(['nftables'], scenarios)), 'dsr-vs-nat cannot run')
  t.deepEqual(
    lossesOf(['run-counts'], scenarios)
      .filter(({ lost }) => lost === 'the run')
      .map(({ scenario }) => scenario),
    ['dsr-vs-nat', 'redirect-vs-stack'],
  )
})
