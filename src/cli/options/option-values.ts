/** Values of options, as a user types them. */
import { BenchError } from '../../host/errors.ts'
import { shellWord } from '../../host/shell-word.ts'
import { type Family, mostPayloadBytes } from '../../parts/ip-address.ts'
import { highestPps, leastPayloadBytes } from '../../parts/loads/udp.ts'
import { valueOf } from '../../scenario/changes/axis.ts'

const wrong = (option: string, text: string, expected: string): BenchError =>
  new BenchError(`Could not use ${option} ${shellWord(text)}: expected ${expected}`, { trouble: 'usage' })

/** Seconds in `30s`, `2m`, `500ms` or a plain number. @throws BenchError `usage` */
export function parseSeconds(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(text)
  const factor = { ms: 0.001, s: 1, m: 60 }[match?.[2] ?? 's'] ?? 1
  const seconds = Number(match?.[1]) * factor
  if (!(seconds > 0)) throw wrong(option, text, 'a time, as in 30s or 2m')
  return seconds
}

/** The ratio in `0.5%`: 0.005. A bare number could mean either, and is refused. @throws BenchError `usage` */
export function parsePercent(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text)
  const ratio = Number(match?.[1]) / 100
  if (!(ratio > 0 && ratio < 1)) throw wrong(option, text, 'a percentage above 0 and below 100, as in 0.5%')
  return ratio
}

/** A whole number within bounds. @throws BenchError `usage` */
export function parseCount(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  if (!(value >= least && value <= most)) throw wrong(option, text, `a whole number from ${least} to ${most}`)
  return value
}

/** Bytes of UDP payload, of which there is room in one Ethernet frame. @throws BenchError `usage` */
export const parsePayload = (text: string, family: Family = 4): number =>
  parseCount('--payload', text, leastPayloadBytes, mostPayloadBytes(family))

/** Packets/s in `250k`, `1M` or a plain number. @throws BenchError `usage` */
export function parseRate(option: string, text: string): number {
  const ratePps = valueOf(text)
  if (typeof ratePps === 'number' && ratePps >= 1 && ratePps <= highestPps) return ratePps
  throw wrong(option, text, `1 to ${highestPps} packets/s, as in 250k`)
}
