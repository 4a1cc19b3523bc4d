import { deserialize, serialize } from 'node:v8'
import test from 'ava'
import { type LogEntry, RunLog } from '../../src/run/run-log.ts'
import { planRun } from '../../src/run/settings.ts'
import { exampleText, parse } from '../scenario/example.ts'
import { floodResult, pacedResult } from './answers.ts'

const scenario = parse(exampleText)
const input = {
  scenario,
  paths: scenario.paths,
  plan: planRun(scenario, { quick: true, margin: 0.02, receiver: 'spinning' }),
}
const [stack, redirect] = ['stack', 'redirect']

const counted = new Map([['netns-2', new Map([['Ip.ForwDatagrams', 200]])]])

const entries: readonly LogEntry[] = [
  ['programs', redirect, [{ tag: 'a04f5eef06a7f555', maps: [] }] as never],
  ['probed', stack, { reason: undefined, findings: [], diagnosis: [] }],
  ['begin'],
  [
    'trial',
    floodResult(stack, { received: 100, lost: 0, duplicated: 0, corrupted: 0 }),
    { round: 0, block: 0, position: 0, warmup: false },
  ],
  ['trial', pacedResult(redirect), { round: 0, block: 0, position: 1, warmup: false }],
  ['drained', { path: stack, corrupted: 0, strays: 1 }],
  ['looked at', redirect],
  ['counted', stack, counted],
  ['end', 0],
  ['left out', 'floor', 'its namespace is gone'],
]

/** All that a record is made from. */
const contentOf = (log: RunLog) => ({
  trials: log.samples.trials,
  rounds: log.samples.rounds,
  leftOut: [...log.leftOut],
  programs: [...log.programs],
  delivery: log.deliveries.deliveryOf(stack),
  distributions: log.samples.distributionsOf(redirect),
  proof: log.proofs.proofOf(scenario.paths[0]!, [], log.deliveries.deliveryOf(stack)),
  crossings: log.shares.crossingsOf(scenario.paths[0]!),
})

test('what a run takes down, kept and told again, comes to the same', (t) => {
  const heard: LogEntry[] = []
  const first = new RunLog(input, (entry) => heard.push(entry))
  for (const entry of entries) first.add(entry)
  t.deepEqual(heard, entries)
  t.true(first.leftOut.has(redirect), 'its paced trial was corrupted')
  const second = new RunLog(input)
  for (const entry of deserialize(serialize(heard)) as LogEntry[]) second.add(entry)
  t.deepEqual(contentOf(second), contentOf(first))
})

test('a path that lacks what the load wants is skipped, unless it has been measured before', (t) => {
  const log = new RunLog(input)
  for (const entry of entries.slice(0, 5)) log.add(entry)
  for (const path of [redirect, 'floor'])
    log.add(['probed', path, { reason: 'not at the hook', isUnfit: true, findings: [], diagnosis: [] }])
  t.deepEqual([log.leftOut.get(redirect), log.leftOut.get('floor')], ['not at the hook', 'not at the hook'])
  t.deepEqual([...log.unfit], ['floor'])
})

test('a round that broke off counts for nothing', (t) => {
  const log = new RunLog(input)
  for (const entry of entries.slice(0, 5)) log.add(entry)
  log.add(['drop', 0])
  t.true(log.samples.trials.every(({ warmup, unproven }) => warmup && unproven === true))
  t.deepEqual(log.samples.rounds, [])
})
