/** What a load balancer adds: how the load split, what went through it, what its programs cost. */
import { levelRows } from '../charts/level-rows.ts'
import { splitRows } from '../charts/split-rows.ts'
import { markup, type Html } from '../../page/escape.ts'
import { renderPicture } from '../../page/picture.ts'
import type { ReportView } from '../view.ts'
import type { LevelsView } from '../view/levels.ts'

const barFigures = (views: readonly LevelsView[]): Html[] =>
  views.map((view) => {
    const { title, direction, inWords, table } = view
    return renderPicture({ title, subtitle: direction, inWords, drawing: levelRows(view), table })
  })

/** Flows, packets and connections by server. */
export const splitSection = ({ splits }: ReportView): Html | undefined =>
  splits.length === 0
    ? undefined
    : markup`<section id="split"><h2>Split over the servers</h2><p>Dashed lines mark equal shares, which are expected where every server is as likely. Chance moves flows and connections a little to one side or the other; whether by more than chance would, the proof says.</p><div class="grid">${splits.map((view) => renderPicture({ ...view, drawing: splitRows(view) }))}</div></section>`

/** The share of the traffic that hosts in the middle had to handle. */
export const crossingsSection = ({ crossings }: ReportView): Html | undefined =>
  crossings &&
  markup`<section id="crossings"><h2>Traffic through the hosts between</h2><p>100 % is every frame that the client sent and received. Where replies go round a host it handles the requests alone${crossings.isPartlyUnanswered ? ', which are more than half of it: floods and paced load are not answered' : undefined}.</p><div class="grid">${barFigures(crossings.charts)}</div>${crossings.alike.map((sentence) => markup`<p class="note">${sentence}</p>`)}</section>`

/** The programs without a network around them. */
export const programsSection = ({ programCosts }: ReportView): Html | undefined =>
  programCosts.length === 0
    ? undefined
    : markup`<section id="programs"><h2>The programs by themselves</h2><p>What one run of each program takes on a frame of an existing flow, again and again with warm caches (BPF_PROG_TEST_RUN), beyond a program that does nothing. On the way of real packets it takes at least this.</p><div class="grid">${barFigures(programCosts)}</div></section>`
