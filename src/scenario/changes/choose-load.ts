/** Takes one of a scenario's named loads in place of its own. */
import type { Document } from 'yaml'
import { z } from 'zod'
import { BenchError } from '../../host/errors.ts'
import { didYouMean } from '../../host/nearest.ts'
import { amounts, distributions } from '../../parts/metrics/metrics.ts'
import { quoteNone } from '../../parts/not-there.ts'

const loadsSchema = z.looseObject({
  gates: z.array(z.string()).default([]),
  loads: z.record(z.string(), z.array(z.looseObject({ kind: z.string() }))).default({}),
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
  const kinds = new Set(load.map(({ kind }) => kind))
  for (const [index, gate] of [...gates.entries()].toReversed())
    if (!isMeasured(gate, kinds)) document.deleteIn(['gates', index])
}

/** Whether one of the kinds has the gate's metric; of one that nobody knows another check tells. */
function isMeasured(gate: string, kinds: ReadonlySet<string>): boolean {
  const words = gate.split(/[.\s]+/)
  const metric = [...amounts, ...distributions].find(({ name }) => words.includes(name))
  return metric === undefined || kinds.has(metric.load)
}
