/** What a soak found, in sentences. Pure. */
import type { Soak } from '../record/soak.ts'
import type { Estimate } from '../stats/estimate.ts'
import { formatBytes, formatCount, formatDuration, formatShare } from '../words/numbers.ts'
import { kernelGrowth, lostIn, type SoakedPath, soakedPaths } from './findings.ts'

export function soakSentences(soak: Soak): string[] {
  return [
    ...soakedPaths(soak).flatMap((path) => [lossSentence(path), ...driftSentence(soak, path)]),
    ...memorySentence(soak),
    ...soak.paths
      .filter(({ status }) => status !== 'measured')
      .map(({ name, status, reason }) => `${name}: ${status}${reason === undefined ? '' : `: ${reason}`}`),
  ]
}

/** Below a thousandth of a percent the counts say more. */
const shareText = (share: number): string => (share < 1e-5 ? '' : ` (${formatShare(share, 3)})`)

function lossSentence({ path, packets, loss, lossyStretches, stretches }: SoakedPath): string {
  const lost = lostIn({ loss })
  if (lost === 0) return `${path}: none of ${formatCount(packets)} packets was lost`
  const who = [
    [loss.onPath, 'on the path'],
    [loss.atSocket, 'at a full socket'],
    [loss.notOffered, 'not sent in time'],
  ] as const
  const parts = who.filter(([count]) => count > 0).map(([count, words]) => `${formatCount(count)} ${words}`)
  return `${path}: ${formatCount(lost)} of ${formatCount(packets)} packets${shareText(lost / packets)} did not come through, in ${lossyStretches} of ${stretches} stretches: ${parts.join(', ')}`
}

/** What moves is told by the hour, and of a short soak by the minute: nobody knows what an hour would bring. */
const shortS = 600
const isShort = ({ timeS }: Pick<Soak, 'timeS'>): boolean => timeS < shortS
const perWhile = (soak: Soak, perHour: number): number => (isShort(soak) ? perHour / 60 : perHour)
const whileWords = (soak: Soak): string => (isShort(soak) ? 'a minute' : 'an hour')

const isKnown = ({ low, high }: Estimate): boolean => low !== null && high !== null && (low > 0 || high < 0)

function driftSentence(soak: Soak, { path, driftNsPerHour: drift, p50Ns }: SoakedPath): string[] {
  if (drift === undefined) return []
  const text = (ns: number) => `${ns < 0 ? '−' : '+'}${formatDuration(Math.abs(perWhile(soak, ns)))}`
  const range = `${text(drift.low!)} to ${text(drift.high!)} ${whileWords(soak)}`
  return [
    isKnown(drift)
      ? `${path}: its median delay drifts by ${text(drift.estimate)} ${whileWords(soak)} (${range}), from a middle of ${formatDuration(p50Ns.middle)}`
      : `${path}: its median delay is not known to drift (${range})`,
  ]
}

function memorySentence(soak: Soak): string[] {
  const growth = kernelGrowth(soak)
  const [first] = soak.holdings
  const last = soak.holdings.at(-1)
  if (growth === undefined || first === undefined || last === undefined) return []
  const text = (bytes: number) => `${bytes < 0 ? '−' : '+'}${formatBytes(Math.abs(perWhile(soak, bytes)))}`
  const range = `${text(growth.low!)} to ${text(growth.high!)} ${whileWords(soak)}`
  const span = `from ${formatBytes(first.kernelBytes)} to ${formatBytes(last.kernelBytes)}`
  return [
    isKnown(growth) && growth.estimate > 0
      ? `memory of the kernel that cannot be reclaimed grows by ${text(growth.estimate)} ${whileWords(soak)} (${range}), ${span}: of the whole machine, whoever holds it`
      : `memory of the kernel that cannot be reclaimed is not known to grow (${range}), ${span}`,
  ]
}
