/**
 * Gates held against a run, on intervals: held when the 95 % interval lies wholly on the right side of the limit,
 * breached when it lies wholly beyond, undecided otherwise.
 *
 * False alarms: a figure that is exactly at its limit is beyond it by chance in 2.5 % of runs, one that is well
 * within it in far fewer. Where a check looks at several figures, Holm's procedure widens the intervals that a
 * breach is judged by, so that all of them together raise a false alarm in at most 2.5 % of checks. `held`
 * needs no such care: it is no alarm.
 */
import { BenchError } from '../host/errors.ts'
import { headlineMetricsOf } from '../across/headline.ts'
import { hasFigure, othersWith } from '../across/lack.ts'
import { confidenceFor, significant } from '../stats/step-down.ts'
import type { RunRecord } from '../record/record.ts'
import { defaultConfidence } from '../stats/bootstrap.ts'
import { metricWords } from '../record/metric-words.ts'
import { metricNamed } from '../record/metrics.ts'
import type { Figure } from './figure.ts'
import { controlFactor, isBeyond, type JudgedFigure, judgeFigure, type Outcome } from './judge-figure.ts'
import { type Reference, regressionFigures } from './regression-figures.ts'
import type { Gate } from './rule.ts'
import { levelEvidence, ratioEvidence } from './run-evidence.ts'

export type { Doubt, JudgedFigure, Outcome } from './judge-figure.ts'

export interface Judgement {
  readonly gate: Gate
  readonly outcome: Outcome
  /** Empty for `valid`. */
  readonly figures: readonly JudgedFigure[]
  /** `valid`: paths whose proof does not hold, or that others have figures beside, each with the reason. */
  readonly invalidPaths: readonly string[]
  /** `valid`: why it cannot be said yet. */
  readonly openReasons?: readonly string[]
}

/**
 * Holds gates against a run.
 *
 * @param gates with names that the run knows (see `requireNames`)
 * @param reference what `regression` is judged against
 * @throws BenchError `usage` where a gate says `regression` and there is nothing to compare with
 */
export function judge(gates: readonly Gate[], record: RunRecord, reference?: Reference): Judgement[] {
  const figures = gates.map((gate) => figuresOf(gate, record, reference))
  // What has no figure is not tested, and must not widen the intervals of what is.
  const tested = figures.flat().filter(isTested)
  const breached = significant(tested.map(breachOf), defaultConfidence)
  const breachedFigures = new Set([...breached].map(({ figure }) => figure))
  const left = tested.length - breachedFigures.size
  const asked = confidenceFor(left, defaultConfidence)
  return gates.map((gate, index) => {
    if (gate.rule.kind === 'valid') return judgeValid(gate, record)
    const judged = figures[index]!.map((figure) =>
      judgeFigure(figure, breachedFigures.has(figure), left, asked),
    )
    // Nothing that was looked at has held nothing.
    const outcome = judged.length === 0 ? 'undecided' : worstOf(judged.map((one) => one.outcome))
    return { gate, figures: judged, outcome, invalidPaths: [] }
  })
}

/** Breached where one is, else undecided where one is. */
export const worstOf = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.includes('breached') ? 'breached' : outcomes.includes('undecided') ? 'undecided' : 'held'

function figuresOf({ rule, source, text }: Gate, record: RunRecord, reference?: Reference): Figure[] {
  switch (rule.kind) {
    case 'valid':
      return []
    case 'regression':
      if (reference === undefined)
        throw new BenchError(
          `Could not judge "${text}" (${source.file}:${source.line}): there is nothing to compare run ${record.runId} with`,
          {
            trouble: 'usage',
            hint: 'name another run, a file or a named baseline with --baseline, or compare two versions in one run with `bench ab`',
          },
        )
      return regressionFigures(record, rule.limit, reference)
    case 'ratio':
      return [{ ...rule, unit: 'ratio', evidence: ratioEvidence(record, rule.path, rule.metric) }]
    case 'level':
      return [
        {
          ...rule,
          unit: metricNamed(rule.metric)?.unit ?? '',
          evidence: levelEvidence(record, rule.path, rule.metric),
        },
      ]
  }
}

const isTested = ({ evidence }: Figure): boolean => evidence.state === 'measured'

const breachOf = (figure: Figure) => ({
  figure,
  isSignificantAt: (confidence: number) => isBeyond(figure, confidence, controlFactor(figure)),
})

function judgeValid(gate: Gate, record: RunRecord): Judgement {
  const invalidPaths = record.paths.flatMap((path) => {
    if (path.status === 'invalid')
      return [`${path.name} is invalid: ${path.reason ?? 'no reason was recorded'}`]
    return path.status === 'measured' ? silence(record, path.name) : []
  })
  if (invalidPaths.length > 0) return { gate, figures: [], invalidPaths, outcome: 'breached' }
  if (record.complete) return { gate, figures: [], invalidPaths, outcome: 'held' }
  const openReasons = ['the run is partial: what its paths had yet to prove is not known']
  return { gate, figures: [], invalidPaths, openReasons, outcome: 'undecided' }
}

/** A path that delivers nothing under a load has no figure of it, where others have one. */
function silence(record: RunRecord, path: string): string[] {
  const silent = headlineMetricsOf(record).filter(
    ({ name }) => !hasFigure(record, path, name) && othersWith(record, path, name).length > 0,
  )
  return silent.length === 0
    ? []
    : [
        `${path} has no figure of ${silent.map(({ name }) => metricWords(name).noun).join(', ')}, and others have`,
      ]
}
