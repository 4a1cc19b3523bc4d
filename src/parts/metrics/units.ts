/** The units of metrics: what each is called, in which steps it is shown, and what else a user may write for it. */

/** A multiple of a unit, as it is shown: `{ factor: 1e3, name: 'kpps' }`. */
export interface Step {
  readonly factor: number
  readonly name: string
}

interface UnitWords {
  /** In full. */
  readonly words: string
  /** What the unit counts: a value of `time` is a cost or a delay, and one of `rate` is so many per second. */
  readonly kind: 'time' | 'rate' | 'share'
  /** Rising; a value is shown in the largest that is not above it. */
  readonly steps: readonly [Step, ...Step[]]
  /** Further names that a limit may have, with their factors. */
  readonly also: Readonly<Record<string, number>>
  /** What a limit looks like, for who wrote none. */
  readonly example: string
}

export type Unit = 'pps' | 'rps' | 'tps' | 'Bps' | 'ns' | 'ratio'

export const units: Readonly<Record<Unit, UnitWords>> = {
  pps: {
    words: 'packets per second',
    kind: 'rate',
    steps: [
      { factor: 1, name: 'pps' },
      { factor: 1e3, name: 'kpps' },
      { factor: 1e6, name: 'Mpps' },
    ],
    also: {},
    example: 'a packet rate with its unit, as in 300kpps',
  },
  rps: {
    words: 'requests per second',
    kind: 'rate',
    steps: [
      { factor: 1, name: 'req/s' },
      { factor: 1e3, name: 'kreq/s' },
    ],
    also: { rps: 1, krps: 1e3 },
    example: 'a rate with its unit, as in 25kreq/s',
  },
  tps: {
    words: 'transactions per second',
    kind: 'rate',
    steps: [
      { factor: 1, name: 'trans/s' },
      { factor: 1e3, name: 'ktrans/s' },
    ],
    also: { tps: 1, ktps: 1e3 },
    example: 'a rate with its unit, as in 40ktrans/s',
  },
  // Decimal, as rates of links are.
  Bps: {
    words: 'bytes per second',
    kind: 'rate',
    steps: [
      { factor: 1, name: 'B/s' },
      { factor: 1e3, name: 'kB/s' },
      { factor: 1e6, name: 'MB/s' },
      { factor: 1e9, name: 'GB/s' },
    ],
    also: { Bps: 1, 'Mbit/s': 1.25e5, 'Gbit/s': 1.25e8 },
    example: 'a rate with its unit, as in 2GB/s or 16Gbit/s',
  },
  ns: {
    words: 'nanoseconds',
    kind: 'time',
    steps: [
      { factor: 1, name: 'ns' },
      { factor: 1e3, name: 'µs' },
      { factor: 1e6, name: 'ms' },
      { factor: 1e9, name: 's' },
    ],
    // The Greek letter is another character than the sign for micro.
    also: { us: 1e3, μs: 1e3 },
    example: 'a time with its unit, as in 20us',
  },
  ratio: {
    words: 'ratio',
    kind: 'share',
    steps: [{ factor: 0.01, name: '%' }],
    also: { '': 1 },
    example: 'a share, as in 0.1% or 0.001',
  },
}

/** The unit called `name`; undefined where it is not known, as in a record of a later version. */
export const unitNamed = (name: string): (UnitWords & { readonly unit: Unit }) | undefined =>
  Object.hasOwn(units, name) ? { ...units[name as Unit], unit: name as Unit } : undefined

/** How values in `unit` are shown: as they are where it is not known. */
export const stepsOf = (unit: string): UnitWords['steps'] =>
  unitNamed(unit)?.steps ?? [{ factor: 1, name: unit }]

/** The largest step not above `value`, taken after rounding so that 999.9 ns becomes 1.00 µs. */
export function stepFor(value: number, steps: UnitWords['steps']): Step {
  const rounded = Math.abs(Number(value.toPrecision(3)))
  return steps.findLast(({ factor }) => factor <= rounded) ?? steps[0]
}

/** Every name that a value is shown with, and its factor. */
export const shownSteps: readonly Step[] = Object.values(units).flatMap(({ steps }) => steps)
