/** The report as data: everything worded and formatted, no HTML yet. */
import { kernelRelease } from '../across/identity.ts'
import type { RunRecord } from '../record/record.ts'
import type { Trace } from '../record/trace.ts'
import { deliveryClause, markedName } from '../words/delivery-words.ts'
import { formatInstant } from '../words/numbers.ts'
import { courseViews, type CourseView } from './view/course.ts'
import { crossingsView, type CrossingsView } from './view/crossings.ts'
import { deliveryView, type DeliveryView } from './view/delivery.ts'
import { leadFindings, runHeadline } from './view/headline.ts'
import { identityFacts } from './view/identity.ts'
import { levelsViews, type LevelsView, ownCostViews } from './view/levels.ts'
import { hasManyPaths } from './view/many-paths.ts'
import { methodSteps, metricDefinitions, type MethodStep } from './view/method.ts'
import { estimatesTable, ratiosTable } from './view/metric-tables.ts'
import { type Overview, overviewOf } from './view/overview.ts'
import { orderedPaths } from './view/path-order.ts'
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
  kernelOptionFacts,
  mitigationFacts,
  phasesOf,
  settingsFacts,
  sysctlFacts,
  toolFacts,
  type Fact,
  type Phase,
} from './view/surroundings.ts'
import { tcpView, type TcpView } from './view/tcp.ts'
import type { TableView } from '../page/table-view.ts'
import { type TopologyGroup, topologyGroups } from './view/topology-groups.ts'
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
import { apartSentence, yardstickName } from './view/yardstick.ts'

export interface ReportView {
  readonly scenario: string
  readonly title: string
  /** What the candidates came to; what the page is called by. */
  readonly headline: string
  /** What candidates are held against. */
  readonly yardstick: string
  /** What is compared with another than the baseline, in a sentence. */
  readonly apart: string | undefined
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
  /** Whether the page is made for many paths. */
  readonly isMany: boolean
  /** Where paths are many. */
  readonly overview: Overview | undefined
  readonly ownCosts: readonly LevelsView[]
  /** Where paths are few. */
  readonly verdictGrid: VerdictGrid | undefined
  /** Measured paths, for the legend. */
  readonly legend: readonly PathStyle[]
  /** What each measured path lost, spoilt or reordered, in a sentence each; none where nothing. */
  readonly losses: readonly string[]
  readonly ratios: RatiosView
  readonly curves: readonly CurvesView[]
  readonly levels: readonly LevelsView[]
  readonly floodLimits: readonly FloodLimit[]
  /** Where a load is of TCP. */
  readonly tcp: TcpView | undefined
  readonly programCosts: readonly LevelsView[]
  readonly splits: readonly SplitView[]
  readonly crossings: CrossingsView | undefined
  readonly courses: readonly CourseView[]
  readonly topologies: readonly TopologyGroup[]
  readonly delivery: DeliveryView | undefined
  readonly proof: TableView | undefined
  readonly proofs: readonly ProofView[]
  readonly skippedWork: readonly SkippedWork[]
  /** Where packets were followed. */
  readonly trace: Trace | undefined
  readonly estimates: TableView
  readonly ratiosOfAll: TableView
  readonly percentiles: readonly TableView[]
  readonly identity: readonly Fact[]
  readonly environment: readonly Fact[]
  readonly settings: readonly Fact[]
  readonly kernelOptions: readonly Fact[]
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
  const isMany = hasManyPaths(record)
  const shown = isMany ? orderedPaths(record) : measuredPaths(record)
  const legend = shown.flatMap(({ name }) => styles.find((style) => style.name === name) ?? [])
  const place = new Map(shown.map(({ name }, index) => [name, index]))
  const candidates = candidateFindings(record).toSorted(
    (one, other) => (place.get(one.path) ?? 0) - (place.get(other.path) ?? 0),
  )
  const ownCosts = ownCostViews(record, legend)
  const controls = controlFindings(record)
  const yardstick = yardstickName(record)
  return {
    scenario: record.scenario,
    title: record.title,
    headline: runHeadline(record, candidates, yardstick),
    yardstick,
    apart: apartSentence(record),
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
    isMany,
    overview: isMany ? overviewOf(record) : undefined,
    ownCosts,
    verdictGrid: isMany ? undefined : verdictGrid(record, candidates, controls),
    legend,
    losses: measuredPaths(record).flatMap((path) => {
      const clause = deliveryClause(record, path)
      return clause === undefined ? [] : [`${path.name} ${clause}.`]
    }),
    ratios: ratiosView(record, legend, isMany),
    curves: curvesViews(record, legend),
    levels: levelsViews(record, legend, isMany ? [] : ownCosts),
    floodLimits: floodLimits(record),
    tcp: tcpView(record),
    programCosts: programCostViews(record, legend),
    splits: splitViews(record, legend),
    crossings: crossingsView(record, legend),
    courses: courseViews(record, legend),
    topologies: topologyGroups(record, styles),
    delivery: deliveryView(record),
    proof: proofTable(record),
    proofs: proofViews(record),
    skippedWork: skippedWork(record),
    trace: record.trace,
    estimates: estimatesTable(record),
    ratiosOfAll: ratiosTable(record),
    percentiles: percentileTables(record),
    identity: identityFacts(record),
    environment: environmentFacts(record),
    settings: settingsFacts(record),
    kernelOptions: kernelOptionFacts(record),
    tools: toolFacts(record),
    sysctls: sysctlFacts(record),
    mitigations: mitigationFacts(record),
    phases: phasesOf(record),
    method: methodSteps(record),
    definitions: metricDefinitions(record),
  }
}
