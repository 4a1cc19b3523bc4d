/** How long a trial takes whose packets or transactions are on a schedule. Pure. */
import type { LoadTrial } from './loads.ts'

/** Paths are measured in turn, in many blocks: a run whose trials take longer has no end. */
const longestTrialS = 10

const scheduleOf = (trial: LoadTrial) => {
  if (trial.kind === 'paced') return { key: 'ratePps', count: trial.packets, rate: trial.ratePps }
  if (trial.kind === 'tcp-rr') return { key: 'rateTps', count: trial.transactions, rate: trial.rateTps }
  return undefined
}

/** That a trial's schedule is too long, in words, and the key that makes it so. */
export function tooLongSchedule(
  trial: LoadTrial,
): { readonly key: string; readonly message: string } | undefined {
  const { key, count, rate } = scheduleOf(trial) ?? {}
  if (key === undefined || count === undefined || rate === undefined) return undefined
  const tookS = count / rate
  if (tookS <= longestTrialS) return undefined
  const message = `${count} at ${rate} a second take ${Math.ceil(tookS)} s in every trial, expected at most ${longestTrialS} s: fewer, or more a second`
  return { key, message }
}
