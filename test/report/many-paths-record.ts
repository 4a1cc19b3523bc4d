/** A made-up run of many paths: stack, control and floor, and candidates that differ in their program alone. */
import type { RunRecord } from '../../src/record/record.ts'
import { estimated, madeUpRun } from './made-up-run.ts'
import type { MadeUpPath } from './made-up-trials.ts'
import { sampleRecord } from './sample-record.ts'

const own = 1134

/** From far faster to far slower than the baseline: own costs of 0.2 to 14 times its own. */
const factors = (index: number, count: number): number => 0.82 + 2.6 * (index / Math.max(1, count - 1)) ** 3

const candidate = (like: MadeUpPath['record'], index: number, count: number): MadeUpPath => {
  const factor = factors(index, count)
  const name = `redirect_${index + 1}`
  return {
    record: {
      ...like,
      name: `variant-${String(index + 1).padStart(2, '0')}${index % 5 === 4 ? '-with-a-long-name' : ''}`,
      title: `Variant ${index + 1} of the redirecting program`,
      programs: like.programs.map((program) => ({ ...program, program: name })),
      way: like.way.map((step) => (step.through === 'program' ? { ...step, program: name } : step)),
    },
    factors: { flood: factor, pingpong: factor, paced: factor, http: factor },
  }
}

/** @param count of candidates; three more paths go with them */
export const manyPathsRecord = (count: number): RunRecord => {
  const sample = sampleRecord()
  const named = (name: string): MadeUpPath['record'] => sample.paths.find((path) => path.name === name)!
  const plain = (name: string, factor: number): MadeUpPath => ({
    record: named(name),
    factors: { flood: factor, pingpong: factor, paced: factor, http: factor },
  })
  const candidates = Array.from({ length: count }, (_, index) => candidate(named('redirect'), index, count))
  const costOf = (path: string, ratio: number): RunRecord['derived']['routerCost'][number] => ({
    path,
    unit: 'ns',
    ...estimated(own * ratio, own * ratio - 30, own * ratio + 30),
    ratioToBaseline: path === 'stack' ? null : estimated(ratio, ratio - 0.02, ratio + 0.02),
  })
  return madeUpRun({
    identity: {
      runId: '2026-11-12T140312Z-5f3b',
      scenario: 'many-variants',
      title: 'Many redirecting programs against the stack',
      scenarioSource: sample.scenarioSource,
      startedAt: '2026-11-12T14:03:12Z',
      finishedAt: '2026-11-12T14:04:31Z',
      command: 'sudo ./bench run many-variants --seed 42',
      seed: 42,
    },
    trials: sample.settings.trials,
    rounds: 10,
    blocksPerRound: 9,
    paths: [plain('stack', 1), ...candidates, plain('control', 1), plain('floor', 0.79)],
    derived: {
      routerCost: [
        costOf('stack', 1),
        ...candidates.map(({ record: { name }, factors: { flood } }) => costOf(name, (flood - 0.79) / 0.21)),
      ],
      floodLimit: candidates.map(({ record: { name } }) => ({
        path: name,
        limitedBy: 'path' as const,
        why: 'the sender waited for the path, and the receiver was idle 12 % of the time',
      })),
    },
  })
}
