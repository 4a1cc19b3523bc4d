/** The report as data: everything worded and formatted, no HTML yet. */
import { kernelRelease } from '../across/identity.ts'
import type { RunRecord } from '../record/record.ts'
import { deliveryClause, markedName } from '../words/delivery-words.ts'
import { formatInstant } from '../words/numbers.ts'
import { topologyViews, type TopologyView } from './drawing/layout.ts'
import { courseViews, type CourseView } from './view/course.ts'
import { crossingsView, type CrossingsView } from './view/crossings.ts'
import { deliveryTable } from './view/delivery.ts'
import { leadFindings, runHeadline } from './view/headline.ts'
import { identityFacts } from './view/identity.ts'
import { levelsViews, type LevelsView } from './view/levels.ts'
import { methodSteps, metricDefinitions, type MethodStep } from './view/method.ts'
import { estimatesTable, ratiosTable } from './view/metric-tables.ts'
import { pathStyles, type PathStyle } from './view/path-style.ts'
import { curvesViews, percentileTables, type CurvesView } from './view/percentiles.ts'
import {
  floodLimits,
  proofTable,
  proofViews,
  skippedWork,
  type FloodLimit,
  type ProofView,
  type SkippedWork,
} from './view/proof.ts'
import { programCostViews } from './view/program-cost.ts'
import { ratiosView, type RatiosView } from './view/ratios.ts'
import { measuredPaths } from './view/selection.ts'
import { splitViews, type SplitView } from './view/split.ts'
import { firstFacts } from './view/subject-line.ts'
import {
  environmentFacts,
  mitigationFacts,
  phasesOf,
  settingsFacts,
  sysctlFacts,
  toolFacts,
  type Fact,
  type Phase,
} from './view/surroundings.ts'
import type { TableView } from '../page/table-view.ts'
import { verdictGrid, type VerdictGrid } from './view/verdict-grid.ts'
import {
  candidateFindings,
  controlFindings,
  noticesOf,
  warningsOf,
  type Finding,
  type Notice,
  type PathFindings,
} from './view/verdicts.ts'

export interface ReportView {
  readonly scenario: string
  readonly title: string
  /** What the candidates came to; what the page is called by. */
  readonly headline: string
  /** Of each candidate, in the metric that most headlines begin with. */
  readonly leadFindings: readonly (Finding & { readonly path: string })[]
  readonly runId: string
  readonly startedAt: string
  readonly kernel: string
  /** On what, which version, how noisy: a line each. */
  readonly firstFacts: readonly string[]
  readonly command: string
  readonly seed: string
  readonly scenarioSource: string
  readonly notices: readonly Notice[]
  readonly warnings: readonly Notice[]
  readonly candidates: readonly PathFindings[]
  readonly controls: readonly PathFindings[]
  readonly verdictGrid: VerdictGrid | undefined
  /** Measured paths, for the legend. */
  readonly legend: readonly PathStyle[]
  /** What each measured path lost, spoilt or reordered, in a sentence each; none where nothing. */
  readonly losses: readonly string[]
  readonly ratios: RatiosView
  readonly curves: readonly CurvesView[]
  readonly levels: readonly LevelsView[]
  readonly floodLimits: readonly FloodLimit[]
  readonly programCosts: readonly LevelsView[]
  readonly splits: readonly SplitView[]
  readonly crossings: CrossingsView | undefined
  readonly courses: readonly CourseView[]
  readonly topologies: readonly TopologyView[]
  readonly delivery: TableView | undefined
  readonly proof: TableView | undefined
  readonly proofs: readonly ProofView[]
  readonly skippedWork: readonly SkippedWork[]
  readonly estimates: TableView
  readonly ratiosOfAll: TableView
  readonly percentiles: readonly TableView[]
  readonly identity: readonly Fact[]
  readonly environment: readonly Fact[]
  readonly settings: readonly Fact[]
  readonly tools: readonly Fact[]
  readonly sysctls: readonly Fact[]
  readonly mitigations: readonly Fact[]
  readonly phases: readonly Phase[]
  readonly method: readonly MethodStep[]
  readonly definitions: TableView
}

/** Everything that the report of a run says. */
export const reportView = (record: RunRecord): ReportView => {
  const styles = pathStyles(record.paths, (name) => markedName(record, name))
  const measured = new Set(measuredPaths(record).map(({ name }) => name))
  const legend = styles.filter(({ name }) => measured.has(name))
  const candidates = candidateFindings(record)
  const controls = controlFindings(record)
  const baseline = record.paths.find(({ role }) => role === 'baseline')?.name ?? 'the baseline'
  return {
    scenario: record.scenario,
    title: record.title,
    headline: runHeadline(record, candidates, baseline),
    leadFindings: leadFindings(candidates),
    runId: record.runId,
    startedAt: formatInstant(record.startedAt),
    kernel: kernelRelease(record),
    firstFacts: firstFacts(record),
    command: record.command,
    seed: String(record.seed),
    scenarioSource: record.scenarioSource,
    notices: noticesOf(record),
    warnings: warningsOf(record),
    candidates,
    controls,
    verdictGrid: verdictGrid(candidates, controls),
    legend,
    losses: measuredPaths(record).flatMap((path) => {
      const clause = deliveryClause(record, path)
      return clause === undefined ? [] : [`${path.name} ${clause}.`]
    }),
    ratios: ratiosView(record, legend),
    curves: curvesViews(record, legend),
    levels: levelsViews(record, legend),
    floodLimits: floodLimits(record),
    programCosts: programCostViews(record, legend),
    splits: splitViews(record, legend),
    crossings: crossingsView(record, legend),
    courses: courseViews(record, legend),
    topologies: topologyViews(record.paths, styles),
    delivery: deliveryTable(record),
    proof: proofTable(record),
    proofs: proofViews(record),
    skippedWork: skippedWork(record),
    estimates: estimatesTable(record),
    ratiosOfAll: ratiosTable(record),
    percentiles: percentileTables(record),
    identity: identityFacts(record),
    environment: environmentFacts(record),
    settings: settingsFacts(record),
    tools: toolFacts(record),
    sysctls: sysctlFacts(record),
    mitigations: mitigationFacts(record),
    phases: phasesOf(record),
    method: methodSteps(record),
    definitions: metricDefinitions(record),
  }
}
