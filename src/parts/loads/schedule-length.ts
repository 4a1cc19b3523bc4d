/** How long a trial takes whose packets or transactions are on a schedule. Pure. */
import { loadOf, type LoadTrial } from './loads.ts'

/** Paths are measured in turn, in many blocks: a run whose trials take longer has no end. */
const longestTrialS = 10

/** That a trial's schedule is too long, in words, and the key that makes it so. */
export function tooLongSchedule(
  trial: LoadTrial,
): { readonly key: string; readonly message: string } | undefined {
  const schedule = loadOf(trial.kind).schedule?.(trial)
  if (schedule === undefined) return undefined
  const { key, count, rate } = schedule
  const tookS = count / rate
  if (tookS <= longestTrialS) return undefined
  const message = `${count} at ${rate} a second take ${Math.ceil(tookS)} s in every trial, expected at most ${longestTrialS} s: fewer, or more a second`
  return { key, message }
}
