/** What stands first where paths are many: a table of all, and their costs on one axis. */
import { markup, type Html } from '../../page/escape.ts'
import { renderPicture } from '../../page/picture.ts'
import { levelRows } from '../charts/level-rows.ts'
import { renderOverview } from '../page/overview-table.ts'
import type { ReportView } from '../view.ts'

/** Undefined where paths are few: then the opening shows them all. */
export const overviewSection = ({ overview, ownCosts }: ReportView): Html | undefined =>
  overview &&
  markup`<section id="overview"><h2>All paths</h2>${renderOverview(overview)}${ownCosts.map((view) => renderPicture({ title: view.title, subtitle: view.direction, inWords: view.inWords, drawing: levelRows(view), table: view.table }))}</section>`
