/** What a reader has to know before believing a run: data, in the result as on the terminal. Pure. */
import { percent } from './share-words.ts'
import { isSaturating } from '../parts/loads/loads.ts'
import type { PathRecord, RunRecord } from '../record/record.ts'
import type { Analysis } from './analysis.ts'
import type { BusyAgent } from './busy-agents.ts'
import { controlWarnings } from './control-warnings.ts'
import type { RunState } from './run-state.ts'
import { tableWarnings } from './table-words.ts'

type Warning = RunRecord['warnings'][number]

interface WarningInput {
  readonly paths: readonly PathRecord[]
  readonly analysis: Analysis
  readonly state: RunState
  readonly isComplete: boolean
}

/** Above this share of stolen time, intervals are mostly the neighbours' doing. */
const highSteal = 0.05
/** Share of lost packets in floods above which throughput is no longer what the path can carry. */
const highLoss = 0.001

/** The warnings of a run. */
export function warningsOf({ paths, analysis, state, isComplete }: WarningInput): Warning[] {
  return [
    ...paths.filter(({ status }) => status !== 'measured').map(pathWarning),
    ...(state.stopped === 'time' ? [outOfTime(state)] : isComplete ? [] : [partial(state)]),
    ...controlWarnings(paths, analysis.comparisons),
    ...stealWarning(state),
    ...lossWarnings(state),
    ...sendErrorWarnings(state),
    ...paths.filter(({ status }) => status === 'measured').flatMap(({ name }) => wayWarning(state, name)),
    ...state.busyAgents.map(busyWarning),
    ...programCostWarnings(state),
    // Of one that is invalid the reason says it.
    ...tableWarnings(paths.filter(({ status }) => status === 'measured')),
  ]
}

const pathWarning = ({ name, status, reason = '' }: PathRecord): Warning =>
  status === 'skipped'
    ? { code: 'path-skipped', message: `${name} was skipped: ${reason}` }
    : {
        code: 'path-invalid',
        message: `${name} is invalid and gets no verdict: ${reason}. \`bench exec\` brings the path up for a look with tcpdump or ping`,
      }

const wayWarning = ({ contradictions }: RunState, path: string): Warning[] => {
  const found = contradictions.get(path)
  return found === undefined
    ? []
    : [
        {
          code: 'other-way',
          message: `requests of ${path} do not all go the way that it tells: ${found.join(', ')}`,
        },
      ]
}

const busyWarning = ({ path, cpu, share }: BusyAgent): Warning => ({
  code: 'busy-agent',
  message: `what ${path} runs keeps CPU ${cpu} busy (${percent(share)}) while nothing is sent: the load is on that CPU, too, and every path beside it is slower for it. Pin it to another (taskset -c in its command), or the load by --cpus`,
})

const partial = ({ roundsDone, rounds, stopped }: RunState): Warning => ({
  code: 'partial',
  message: `the run ended early, after ${roundsDone} of ${rounds} rounds${stopped === 'nothing-left' ? ', as nothing was left to compare' : ''}: this is what it had measured`,
})

const outOfTime = ({ roundsDone, rounds }: RunState): Warning => ({
  code: 'out-of-time',
  message: `time ran out after ${roundsDone} of ${rounds} rounds; a longer --max-time would narrow the intervals`,
})

function stealWarning({ samples }: RunState): Warning[] {
  const shares = samples.blocks.flatMap(({ warmup, stealShare }) =>
    warmup || stealShare === null ? [] : [stealShare],
  )
  const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)
  return mean <= highSteal
    ? []
    : [
        {
          code: 'steal',
          message: `the hypervisor took ${percent(mean)} of CPU time: intervals are wider for it; measure on a quieter host if you can`,
        },
      ]
}

function lossWarnings({ samples }: RunState): Warning[] {
  const lossOf = new Map<string, { sent: number; lost: number }>()
  for (const { path, kind, warmup, sent, lost } of samples.trials) {
    if (warmup || !isSaturating(kind)) continue
    const sum = lossOf.get(path) ?? { sent: 0, lost: 0 }
    lossOf.set(path, { sent: sum.sent + sent, lost: sum.lost + lost })
  }
  return [...lossOf]
    .filter(([, { sent, lost }]) => lost > sent * highLoss)
    .map(([path, { sent, lost }]) => ({
      code: 'loss',
      message: `${path} lost ${percent(lost / sent)} of the packets of its floods: its throughput counts what was delivered`,
    }))
}

function sendErrorWarnings({ samples }: RunState): Warning[] {
  const failed = samples.trials.filter(({ sendError }) => sendError !== undefined)
  return [...Map.groupBy(failed, ({ path }) => path)].map(([path, trials]) => ({
    code: 'send-error',
    message: `${path}: ${trials.length} trials ended early, as the kernel took no packet: ${trials[0]?.sendError ?? ''}`,
  }))
}

function programCostWarnings({ programCosts }: RunState): Warning[] {
  const failed = programCosts.filter(({ failure }) => failure !== undefined)
  return [...Map.groupBy(failed, ({ path, program }) => `${path} ${program}`).values()].flatMap((rounds) =>
    rounds.slice(0, 1).map(({ path, program, failure = '' }) => ({
      code: 'program-cost',
      message: `${path}: what a run of ${program} costs is not known: ${failure}`,
    })),
  )
}
