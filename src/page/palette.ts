/**
 * The report's colours, each for a light and a dark page.
 *
 * Text and lines reach a contrast of 4.5:1 with the page (WCAG 2.2, 1.4.3). The colours of paths differ in
 * hue and lightness, so that they stay apart under protanopia, deuteranopia and tritanopia; dashes and
 * labels carry the same distinction.
 */

export interface Shade {
  readonly light: string
  readonly dark: string
}

export const palette = {
  page: { light: '#fcfcfa', dark: '#15181c' },
  panel: { light: '#f3f3ef', dark: '#1d2126' },
  ink: { light: '#1b1f24', dark: '#e9ebee' },
  quiet: { light: '#5a626c', dark: '#a3acb7' },
  rule: { light: '#d9dad5', dark: '#343a42' },
  band: { light: '#e4e6df', dark: '#2b3138' },
  better: { light: '#00694d', dark: '#4ecb9f' },
  worse: { light: '#a83e06', dark: '#ff9d63' },
  warning: { light: '#8a5200', dark: '#eab350' },
  baseline: { light: '#30363e', dark: '#d6dbe1' },
  candidate1: { light: '#00549a', dark: '#5fabf2' },
  candidate2: { light: '#bd3a8e', dark: '#f7a3dc' },
  candidate3: { light: '#005c45', dark: '#43cba6' },
  candidate4: { light: '#bf4700', dark: '#ff965a' },
  candidate5: { light: '#9c24e8', dark: '#e46060' },
  candidate6: { light: '#4e1400', dark: '#b4f0a8' },
  control: { light: '#666a72', dark: '#949ca6' },
  floor: { light: '#624a00', dark: '#dcb848' },
} as const satisfies Record<string, Shade>

export type ColourName = keyof typeof palette

/** A colour as CSS writes it; the page's style sheet gives it its value, light or dark. */
export const colour = (name: ColourName): string => `var(--${name})`

/** In which a figure is drawn that came to this verdict. */
export const verdictColour = (verdict: string): ColourName =>
  verdict === 'faster' ? 'better' : verdict === 'slower' ? 'worse' : 'quiet'
