import test from 'ava'

import { palette, type ColourName } from '../../src/page/palette.ts'

type Vector = readonly [number, number, number]
type Matrix = readonly [Vector, Vector, Vector]

/** Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB. */
const protanopia: Matrix = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
]
const deuteranopia: Matrix = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
]
const tritanopia: Matrix = [
  [1.255528, -0.076749, -0.178779],
  [-0.078411, 0.930809, 0.147602],
  [0.004733, 0.691367, 0.3039],
]

/** IEC 61966-2-1, linear RGB to XYZ. */
const toXyz: Matrix = [
  [0.4124, 0.3576, 0.1805],
  [0.2126, 0.7152, 0.0722],
  [0.0193, 0.1192, 0.9505],
]
const whiteD65: Vector = [0.9505, 1, 1.089]

const dot = (one: Vector, other: Vector): number => one[0] * other[0] + one[1] * other[1] + one[2] * other[2]

const apply = ([first, second, third]: Matrix, vector: Vector): Vector => [
  dot(first, vector),
  dot(second, vector),
  dot(third, vector),
]

const channel = (hex: string, at: number): number => {
  const value = parseInt(hex.slice(at, at + 2), 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** CIELAB as seen with `vision`. */
const seenAs = (hex: string, vision: Matrix): Vector => {
  const [red, green, blue] = apply(vision, [channel(hex, 1), channel(hex, 3), channel(hex, 5)])
  const [x, y, z] = apply(toXyz, [clamp(red), clamp(green), clamp(blue)])
  const root = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)
  const [a, b, c] = [root(x / whiteD65[0]), root(y), root(z / whiteD65[2])]
  return [116 * b - 16, 500 * (a - b), 200 * (b - c)]
}

const pathColours: readonly ColourName[] = [
  'baseline',
  'candidate1',
  'candidate2',
  'candidate3',
  'candidate4',
  'candidate5',
  'candidate6',
  'control',
  'floor',
]

/** CIE76 distances of 2.3 are just noticeable; three times as much is seen at a glance. */
const leastDistance = 7

const staysApart = test.macro({
  exec: (t, vision: Matrix) => {
    for (const shade of ['light', 'dark'] as const)
      for (const [index, one] of pathColours.entries())
        for (const other of pathColours.slice(index + 1)) {
          const [a, b] = [seenAs(palette[one][shade], vision), seenAs(palette[other][shade], vision)]
          const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
          t.true(distance >= leastDistance, `${one} and ${other}, ${shade}: ${distance.toFixed(1)}`)
        }
  },
  title: (name = '') => `the colours of any two paths stay apart with ${name}`,
})

test('protanopia', staysApart, protanopia)
test('deuteranopia', staysApart, deuteranopia)
test('tritanopia', staysApart, tritanopia)
