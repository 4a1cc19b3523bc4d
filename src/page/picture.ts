/** Pictures: what is seen, what it says in words for those who do not see it, and the numbers behind it. */
import type { TopLevelSpec } from 'vega-lite'
import { markup, type Fragment, type Html } from './escape.ts'
import { renderChart } from './render-chart.ts'
import type { TableView } from './table-view.ts'
import { renderTableBehind } from './table.ts'
import type { Breadth } from './theme.ts'

export interface PictureParts {
  readonly title: string
  readonly subtitle?: string
  /** The text alternative: the finding, not the looks. */
  readonly inWords: string
  readonly drawing: Fragment
  readonly table: TableView
}

/** A picture with its caption and the table behind it. */
export const renderPicture = ({ title, subtitle, inWords, drawing, table }: PictureParts): Html =>
  markup`<figure><figcaption><h3>${title}</h3>${subtitle === undefined ? undefined : markup`<p class="quiet">${subtitle}</p>`}</figcaption><div class="chart" role="img" aria-label="${inWords}">${drawing}</div>${renderTableBehind('As a table', table)}</figure>`

/** Two renderings of which the style sheet shows the one that fits. */
export const renderBreadths = (render: (breadth: Breadth) => Fragment): Html =>
  markup`<div class="wide">${render('wide')}</div><div class="narrow">${render('narrow')}</div>`

/** Two charts of which the style sheet shows the one that fits. */
export const renderChartBreadths = async (specFor: (breadth: Breadth) => TopLevelSpec): Promise<Html> => {
  const [wide, narrow] = [await renderChart(specFor('wide')), await renderChart(specFor('narrow'))]
  return renderBreadths((breadth) => (breadth === 'wide' ? wide : narrow))
}
