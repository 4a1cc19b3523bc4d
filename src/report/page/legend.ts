/** Which colour and dash is which path. */
import { markup, type Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'
import type { PathStyle } from '../view/path-style.ts'

const swatch = ({ colour: name, dash }: PathStyle): Html =>
  markup`<svg width="28" height="8" aria-hidden="true"><line x1="1" x2="27" y1="4" y2="4" stroke="${colour(name)}" stroke-width="3" stroke-dasharray="${dash.join(' ')}"/></svg>`

/** A list of the paths shown in the charts. */
export const renderLegend = (styles: readonly PathStyle[]): Html =>
  markup`<ul class="legend" aria-label="Paths">${styles.map((style) => markup`<li>${swatch(style)}<span>${style.label}${style.name === style.role ? undefined : markup` <span class="quiet">${style.role}</span>`}</span></li>`)}</ul>`
