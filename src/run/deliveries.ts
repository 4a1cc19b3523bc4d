/** What both ends counted on a path, by kind of trial. Pure. */
import type { Delivery, TrialRecord } from '../results/record.ts'

/** In the order in which the kinds come up in `trials`; the warm-up is delivered too. */
export function deliveriesOf(path: string, trials: readonly TrialRecord[]): Delivery[] {
  const sums = new Map<string, Delivery>()
  for (const trial of trials) {
    if (trial.path !== path) continue
    const { kind, sent, received, lost } = trial
    const sum = sums.get(kind)
    // An answer that came late is not lost.
    const gone = lost - (trial.late ?? 0)
    sums.set(kind, {
      kind,
      sent: sent + (sum?.sent ?? 0),
      received: received + (sum?.received ?? 0),
      lost: gone + (sum?.lost ?? 0),
      corrupted: (trial.corrupted ?? 0) + (sum?.corrupted ?? 0),
      duplicated: (trial.duplicated ?? 0) + (sum?.duplicated ?? 0),
      misdirected: (trial.misdirected ?? 0) + (sum?.misdirected ?? 0),
      reordered: (trial.reordered ?? 0) + (sum?.reordered ?? 0),
    })
  }
  return [...sums.values()]
}
