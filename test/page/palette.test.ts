import test from 'ava'

import { palette, type ColourName } from '../../src/page/palette.ts'

const channels = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)

const linear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = channels(hex).map(linear)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const surfaces: readonly ColourName[] = ['page', 'panel', 'rule', 'band']
const inks = (Object.keys(palette) as ColourName[]).filter((name) => !surfaces.includes(name))

const isReadable = test.macro({
  exec: (t, shade: 'light' | 'dark', ground: ColourName) => {
    for (const ink of inks) {
      const ratio = contrast(palette[ink][shade], palette[ground][shade])
      t.true(ratio >= 4.5, `${ink} on ${ground} has ${ratio.toFixed(2)}`)
    }
  },
  title: (_, shade: 'light' | 'dark', ground: ColourName) =>
    `every colour of text can be read on the ${shade} ${ground}`,
})

test(isReadable, 'light', 'page')
test(isReadable, 'dark', 'page')
test(isReadable, 'light', 'panel')
test(isReadable, 'dark', 'panel')

test('black on white has the contrast that WCAG gives', (t) => {
  t.is(contrast('#000000', '#ffffff'), 21)
})

test('the band of equivalence stands out from the page, and what lies on it can be seen', (t) => {
  for (const shade of ['light', 'dark'] as const) {
    t.not(palette.band[shade], palette.page[shade])
    for (const ink of inks) t.true(contrast(palette[ink][shade], palette.band[shade]) >= 3)
  }
})
