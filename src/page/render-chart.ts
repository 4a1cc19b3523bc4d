/** Compiles a Vega-Lite specification and draws it as SVG, without a canvas or a browser. */
import type { TopLevelSpec } from 'vega-lite'

import { trusted, type Html } from './escape.ts'
import { shrinkSvg } from './shrink-svg.ts'

/** Vega is loaded here and not before: it costs more than all else that a command without a report does. */
export const loadVega = () => Promise.all([import('vega-lite'), import('vega')])

export const renderChart = async (spec: TopLevelSpec): Promise<Html> => {
  const [{ compile }, vega] = await loadVega()
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' })
  try {
    return trusted(shrinkSvg(await view.toSVG()))
  } finally {
    view.finalize()
  }
}
