/** Compiles a Vega-Lite specification and draws it as SVG, without a canvas or a browser. */
import type { TopLevelSpec } from 'vega-lite'

import { trusted, type Html } from '../escape.ts'

/** A hundredth of a pixel is seen by nobody. */
const longDecimals = /(\d\.\d\d)\d+/g

/**
 * What a drawing without a script has no use for, and what is SVG's default or the style sheet's to say;
 * the chart as a whole carries the text alternative.
 */
const idleNames =
  'xmlns(?::\\w+)?|version|class|role|aria-[\\w-]+|pointer-events|stroke-miterlimit|font-family'
const idleDefaults = 'opacity="1"|stroke-width="1"|text-anchor="start"|[xy]2="0"'
const idleAttributes = new RegExp(` (?:(?:${idleNames})="[^"]*"|${idleDefaults})(?=[ />])`, 'g')

const hiddenPaths = /<path[^>]*display="none"[^>]*\/>/g

/** Only inside tags: what texts and labels say stays as it is. */
const shorten = (svg: string): string =>
  svg
    .replace(hiddenPaths, '')
    .replace(/<[a-z][^>]*>/g, (tag) => tag.replace(longDecimals, '$1').replace(idleAttributes, ''))
    .replace('<svg ', '<svg aria-hidden="true" ')

/** Vega is loaded here and not before: it costs more than all else that a command without a report does. */
export const renderChart = async (spec: TopLevelSpec): Promise<Html> => {
  const [{ compile }, vega] = await Promise.all([import('vega-lite'), import('vega')])
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' })
  try {
    return trusted(shorten(await view.toSVG()))
  } finally {
    view.finalize()
  }
}
