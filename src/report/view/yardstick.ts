/** What paths are held against: the baseline, unless each is held against itself on another kernel. */
import type { RunRecord } from '../../record/record.ts'

type Held = Pick<RunRecord, 'paths' | 'comparisons'>

const baselineIn = ({ paths }: Held): string | undefined =>
  paths.find(({ role }) => role === 'baseline')?.name

/** The path that `path` is held against, where that is not the baseline. */
export function heldAgainst(record: Held, path: string): string | undefined {
  const found = record.comparisons.find((one) => one.path === path)?.baseline
  return found === baselineIn(record) ? undefined : found
}

/** Paths that are held against another than the baseline, each with that. */
export const heldApart = (record: Held): { readonly path: string; readonly against: string }[] =>
  record.paths.flatMap(({ name: path }) => {
    const against = heldAgainst(record, path)
    return against === undefined ? [] : [{ path, against }]
  })

/** What candidates are held against, by name; where that is not the same for all, in a word. */
export const yardstickName = (record: Held): string =>
  heldApart(record).length > 0 ? 'the yardstick' : (baselineIn(record) ?? 'the baseline')

/** What is compared with another than the baseline, in a sentence; undefined where nothing is. */
export function apartSentence(record: Held): string | undefined {
  const apart = heldApart(record).map(
    ({ path, against }, index) => `${path} ${index === 0 ? 'is compared with' : 'with'} ${against}`,
  )
  return apart.length === 0 ? undefined : `${apart.join(', ')}, not with the baseline`
}
