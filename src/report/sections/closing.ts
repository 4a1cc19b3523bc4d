/** All the numbers, the machine, the method, and how to repeat the run. */
import { markup, type Html } from '../../page/escape.ts'
import { renderTable, renderTableBehind } from '../../page/table.ts'
import type { ReportView } from '../view.ts'
import type { Fact, Phase } from '../view/surroundings.ts'

const facts = (items: readonly Fact[]): Html =>
  markup`<dl class="facts">${items.map(({ label, value }) => markup`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`

const factsBehind = (summary: string, items: readonly Fact[]): Html | undefined =>
  items.length === 0 ? undefined : markup`<details><summary>${summary}</summary>${facts(items)}</details>`

/** Tables of everything that was estimated. */
export const numbersSection = ({ estimates, ratiosOfAll, percentiles }: ReportView): Html =>
  markup`<section id="numbers"><h2>All numbers</h2>${renderTableBehind('Ratios of all metrics', ratiosOfAll)}${renderTableBehind('Estimates of all metrics', estimates)}${percentiles.map((table) => renderTableBehind(table.caption, table))}</section>`

const phaseBar = (phases: readonly Phase[]): Html =>
  markup`<h3>Where the time went</h3><div class="phases" aria-hidden="true">${phases.map(({ name, share }) => markup`<span${name === 'measuring' ? markup` class="phase-measuring"` : undefined} style="flex:${share.toFixed(4)}"></span>`)}</div>${facts(phases.map(({ name, duration, shareText }) => ({ label: name, value: `${duration}, ${shareText}` })))}`

/** The machine and the settings. */
export const surroundingsSection = (view: ReportView): Html =>
  markup`<section id="environment"><h2>Environment and settings</h2><h3>What was measured</h3>${facts(view.identity)}<h3>Machine</h3>${facts(view.environment)}${factsBehind(`Options in which the kernels differ: ${view.kernelOptions.length}`, view.kernelOptions)}${factsBehind('Tools', view.tools)}${factsBehind('Network settings of the kernel', view.sysctls)}${factsBehind('Mitigations of processor faults', view.mitigations)}<h3>Settings</h3>${facts(view.settings)}${phaseBar(view.phases)}</section>`

/** How the figures came about. */
export const methodSection = ({ method, definitions }: ReportView): Html =>
  markup`<section id="method"><h2>Method</h2><dl class="steps">${method.map(({ term, text }) => markup`<dt>${term}</dt><dd>${text}</dd>`)}</dl><details><summary>Definition and unit of every metric</summary>${renderTable(definitions)}</details></section>`

/** The command that repeats the run, and the scenario as it was. */
export const repeatSection = ({ command, seed, scenarioSource }: ReportView): Html =>
  markup`<section id="repeat"><h2>Repeat this run</h2><p>The seed ${seed} gives the same order of trials and the same resampling; the kernel’s timing is its own.</p><pre tabindex="0"><code>${command}</code></pre><details><summary>The scenario as it was read</summary><pre tabindex="0"><code>${scenarioSource}</code></pre></details></section>`
