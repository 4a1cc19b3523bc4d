/** Takes one of a scenario's named loads in place of its own. */
import type { Document } from 'yaml'
import { z } from 'zod'
import { BenchError } from '../../host/errors.ts'
import { didYouMean } from '../../host/nearest.ts'
import { splitFigure, type TrialName } from '../../parts/loads/trial-name.ts'
import { amounts, distributions } from '../../parts/metrics/metrics.ts'
import { quoteNone } from '../../parts/not-there.ts'

const loadsSchema = z.looseObject({
  gates: z.array(z.string()).default([]),
  loads: z
    .record(z.string(), z.array(z.looseObject({ kind: z.string(), name: z.string().optional() })))
    .default({}),
})

/**
 * Gates on what the chosen load does not measure go with the load that they were for.
 *
 * @throws BenchError `usage` where there is no load of this name, or more than one is named
 */
export function chooseLoad(document: Document, names: readonly string[]): void {
  const [name, another] = names
  if (name === undefined) return
  if (another !== undefined)
    throw new BenchError(`Could not take two loads, ${name} and ${another}: a run has one`, {
      trouble: 'usage',
    })
  const { gates, loads } = loadsSchema.parse(document.toJS())
  const load = Object.hasOwn(loads, name) ? loads[name] : undefined
  const known = Object.keys(loads)
  if (load === undefined)
    throw new BenchError(`Could not find load "${name}"${didYouMean(name, known)}`, {
      trouble: 'usage',
      hint: `among the scenario's \`loads\` there are: ${quoteNone(known)}`,
    })
  document.setIn(['load'], document.createNode(load))
  for (const [index, gate] of [...gates.entries()].toReversed())
    if (!isMeasured(gate, load)) document.deleteIn(['gates', index])
}

/** Whether one of the trials has the gate's metric; of one that nobody knows another check tells. */
function isMeasured(gate: string, load: readonly TrialName[]): boolean {
  const words = gate.split(/[.\s]+/).map(splitFigure)
  const measured = words.flatMap(({ plain, trial }) =>
    [...amounts, ...distributions]
      .filter(({ name }) => name === plain)
      .map((metric) => load.some(({ kind, name }) => kind === metric.load && name === trial)),
  )
  return measured.every((is) => is)
}
