/** What `perf report` says, as shares of functions. Pure. */

/** A function, and its share of the samples, 0..1. */
export interface CpuShare {
  readonly symbol: string
  /** Whether it is the kernel's. */
  readonly isKernel: boolean
  readonly share: number
}

/** Further ones take so little that no difference between paths shows in them. */
const most = 12
/** Where the generator's thread waits for the next trial (udpgen/turn.c): that is no part of a flood. */
const waiting = 'turn_await'

/** @param text lines of a share in percent, a tab, `[k]` or `[.]`, and the function */
export function parsePerfReport(text: string): CpuShare[] {
  const found = text.split('\n').flatMap((line): CpuShare[] => {
    const [, percent, kind, symbol] = /^\s*([\d.]+)%? *\t\[(.)\] (\S.*?)\s*$/.exec(line) ?? []
    if (percent === undefined || symbol === undefined || symbol === waiting) return []
    return [{ symbol, isKernel: kind === 'k', share: Number(percent) }]
  })
  const total = found.reduce((sum, { share }) => sum + share, 0)
  return found
    .map((one) => ({ ...one, share: Number((one.share / total).toFixed(4)) }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, most)
}
