/** Where an axis has its marks. */

const steps = [1, 2, 5, 10]

/** Multiples of 1, 2 or 5 times a power of ten from `low` to `high`: about `count`, never more than twice that. */
export function linearTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (steps.find((each) => each * power >= rough * 0.999) ?? 10)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  // Of a whole number of steps, so that 0.1 + 0.2 is 0.3.
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

const stepsOfDecade = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]

/** Round values from `low` to `high`, both above 0, for a logarithmic axis: as many of each decade as `most` allows. */
export function logTicks(low: number, high: number, most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const decades = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const candidates = stepsOfDecade.map((own) =>
    decades
      .flatMap((power) => own.map((step) => Number((step * 10 ** power).toPrecision(12))))
      .filter((tick) => tick >= low && tick <= high),
  )
  return candidates.find(({ length }) => length <= most) ?? candidates.at(-1) ?? []
}
