/** Candidates over two settings or more at once: a map of where they are faster, and where slower. */
import { markup, type Html } from '../../page/escape.ts'
import { metricNamed } from '../../record/metrics.ts'
import type { Comparison } from '../../record/record.ts'
import { heatCell, type HeatFinding } from '../../report/page/heat-table.ts'
import { capitalised, formatChange, formatChangeRange, percentDigits } from '../../words/numbers.ts'
import type { SweepView } from '../curves.ts'

/** What one map is of. */
interface Mapped {
  readonly path: string
  readonly metric: string
  readonly title: string
}

/** Nothing where there is but one setting: its curves say all there is. */
export function heatSection(view: SweepView): Html | undefined {
  const maps = view.facets.length < 2 ? [] : mapsOf(view)
  if (maps.length === 0) return undefined
  return markup`<section id="maps"><h2>All settings at once</h2><p>Each candidate’s change to ${view.baseline} at the same point: ▲ better, ▼ worse, ≈ equivalent, ? undecided, – not measured; the deeper the colour, the greater.</p>${maps.map((one) => heatMap(view, one))}</section>`
}

/** Throughput and medians of every candidate: what the first look is for. */
function mapsOf({ facets, paths }: SweepView): Mapped[] {
  const metrics = [
    ...new Map(facets.flatMap(({ metrics: own }) => own.map(({ metric, title }) => [metric, title]))),
  ].filter(
    ([metric]) =>
      metricNamed(metric)?.headline === true &&
      (metricNamed(metric)?.better === 'higher' || metric.endsWith('.p50')),
  )
  return paths
    .filter(({ role }) => role === 'candidate')
    .flatMap(({ name }) => metrics.map(([metric, title]) => ({ path: name, metric, title })))
}

function heatMap({ along, facets }: SweepView, { path, metric, title }: Mapped): Html {
  const caption = `${capitalised(title)} of ${path}, over ${along.name} and the other settings`
  const rows = facets.map(({ label, metrics }) => {
    const curve = metrics.find((one) => one.metric === metric)?.curves.find((one) => one.path === path)
    const cells = along.values.map((value) =>
      heatCell(findingOf(curve?.points.find(({ x }) => x === value)?.comparison)),
    )
    return markup`<tr><th scope="row">${label}</th>${cells}</tr>`
  })
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="frozen heat"><caption>${caption}</caption><thead><tr><th scope="col">${along.name}</th>${along.values.map((value) => markup`<th scope="col" class="n">${value}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}

function findingOf(comparison: Comparison | undefined): HeatFinding | undefined {
  if (comparison === undefined) return undefined
  const { ratio, verdict } = comparison
  const { estimate, low, high } = ratio
  const digits = percentDigits(low, high)
  return {
    ratio,
    verdict,
    word: verdict,
    change: formatChange(estimate, digits),
    range: low === null || high === null ? '' : formatChangeRange(low, high, digits),
  }
}
