/** What the kernel counts of TCP where a path loses or copies its segments. Pure. */
import type { Counters } from '../parts/proofs/proof.ts'
import { isMoreThanChance } from '../stats/binomial.ts'

/** In all namespaces of a path. */
export interface TcpRepairs {
  /** Segments that were sent. */
  readonly segments: number
  /** Segments that were sent again. */
  readonly resent: number
  /** Arrivals of what had arrived before, as receivers say by DSACK (RFC 2883). */
  readonly repeated: number
}

export const noRepairs: TcpRepairs = { segments: 0, resent: 0, repeated: 0 }

export const addRepairs = (a: TcpRepairs, b: TcpRepairs): TcpRepairs => ({
  segments: a.segments + b.segments,
  resent: a.resent + b.resent,
  repeated: a.repeated + b.repeated,
})

/** @param counters by namespace */
export const repairsIn = (counters: ReadonlyMap<string, Counters>): TcpRepairs =>
  [...counters.values()].reduce((sum, own) => addRepairs(sum, repairsOf(own)), noRepairs)

const repairsOf = (counters: Counters): TcpRepairs => {
  const count = (name: string): number => counters.get(name) ?? 0
  return {
    segments: count('Tcp.OutSegs'),
    resent: count('Tcp.RetransSegs'),
    repeated: count('TcpExt.TCPDSACKOldSent') + count('TcpExt.TCPDSACKOfoSent'),
  }
}

/** Copies that the path made, at least: what came again, and nobody had sent again. */
export const copiesIn = ({ resent, repeated }: TcpRepairs): number => Math.max(0, repeated - resent)

/** Segments that the path lost, at least: what was sent again, and had not arrived before. */
export const lossesIn = ({ resent, repeated }: TcpRepairs): number => Math.max(0, resent - repeated)

/** How rarely chance may make out that a path loses more than another. */
const alpha = 1e-6

/**
 * How many segments a path lost, in words, where that is more than what another lost, chance aside, and than it may.
 *
 * @param allowed the share that its scenario lets it lose
 */
export function greaterLoss(
  path: TcpRepairs,
  other: TcpRepairs,
  otherName: string,
  allowed = 0,
): string | undefined {
  const [lost, onOther] = [lossesIn(path), lossesIn(other)]
  const all = path.segments + other.segments
  if (lost <= allowed * path.segments || !isMoreThanChance(lost, lost + onOther, path.segments / all, alpha))
    return undefined
  return `it lost ${lost} of ${path.segments} TCP segments at least, ${otherName} ${onOther} of ${other.segments}`
}
