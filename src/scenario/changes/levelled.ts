/** Trials of one kind that differ in what a change makes the same for all: their names would say what is no longer so. Pure. */

/** A trial, as far as it is known. */
export type SomeTrial = Readonly<Record<string, unknown>> & { readonly kind: string }

/** The first such trials and the key that they differ in, in words; undefined where there are none. */
export function levelled(before: readonly SomeTrial[], after: readonly SomeTrial[]): string | undefined {
  for (const [index, trial] of after.entries())
    for (let other = 0; other < index; other += 1) {
      const [old, oldOther, now] = [before[index], before[other], after[other]]
      if (old?.kind !== oldOther?.kind) continue
      const key = Object.keys(trial).find(
        (one) => old?.[one] !== oldOther?.[one] && trial[one] === now?.[one],
      )
      if (key !== undefined)
        return `${trial.kind} trials ${nameOf(now)} and ${nameOf(trial)} differ in ${key}`
    }
  return undefined
}

const nameOf = (trial: SomeTrial | undefined): string =>
  typeof trial?.name === 'string' ? trial.name : 'without a name'
