/** Has a scenario's floods sent by another engine, or taken by another sink. */
import type { Document } from 'yaml'
import { z } from 'zod'
import { BenchError } from '../../host/errors.ts'
import { engineNamed, engineOf } from '../../parts/engines/engines.ts'
import { flood } from '../../parts/loads/flood.ts'
import { splitFigure } from '../../parts/loads/trial-name.ts'
import { mostPackets } from '../../parts/loads/udp.ts'
import { sinkOf } from '../../parts/sinks/sinks.ts'
import { amounts } from '../../parts/metrics/metrics.ts'

const flooding = z.looseObject({
  kind: z.string(),
  engine: z.string().optional(),
  sink: z.string().optional(),
  packets: z.number().optional(),
})

const loadSchema = z.looseObject({
  gates: z.array(z.string()).default([]),
  load: z.array(flooding).default([]),
})

/**
 * Trials get so many more packets that they last as long. Gates on what floods measure go with the engine that their limits were set for.
 *
 * @throws BenchError `usage` where no trial is a flood
 */
export function chooseEngine(document: Document, engine: string | undefined): void {
  if (engine === undefined) return
  const floods = floodsOf(
    document,
    `--engine ${engine}`,
    'an engine is how the packets of a flood are handed to the kernel',
  )
  const changed = floods.filter(([, trial]) => engineOf(trial) !== engine)
  for (const [index, trial] of changed) {
    document.setIn(['load', index, 'engine'], engine)
    const more = engineNamed(engine).moreByRoughly / engineNamed(engineOf(trial)).moreByRoughly
    const { packets } = flood.schema.parse({ kind: flood.kind, packets: trial.packets })
    if (more !== 1)
      document.setIn(
        ['load', index, 'packets'],
        Math.max(1, Math.min(mostPackets, Math.round(packets * more))),
      )
  }
  if (changed.length > 0) dropGatesOnFloods(document)
}

/**
 * As with an engine, gates on what floods measure go.
 *
 * @throws BenchError `usage` where no trial is a flood
 */
export function chooseSink(document: Document, sink: string | undefined): void {
  if (sink === undefined) return
  const floods = floodsOf(document, `--sink ${sink}`, 'a sink is where the packets of a flood are taken')
  const changed = floods.filter(([, trial]) => sinkOf(trial) !== sink)
  for (const [index] of changed) document.setIn(['load', index, 'sink'], sink)
  if (changed.length > 0) dropGatesOnFloods(document)
}

function floodsOf(document: Document, option: string, hint: string): [number, z.infer<typeof flooding>][] {
  const { load } = loadSchema.parse(document.toJS())
  const floods = [...load.entries()].filter(([, { kind }]) => kind === flood.kind)
  if (floods.length === 0)
    throw new BenchError(`Could not use ${option}: the scenario has no flood`, { trouble: 'usage', hint })
  return floods
}

function dropGatesOnFloods(document: Document): void {
  const { gates } = loadSchema.parse(document.toJS())
  for (const [index, gate] of [...gates.entries()].toReversed())
    if (isOfFlood(gate)) document.deleteIn(['gates', index])
}

const floodMetrics = new Set(amounts.filter(({ load }) => load === flood.kind).map(({ name }) => name))

const isOfFlood = (gate: string): boolean =>
  gate.split(/[.\s]+/).some((word) => floodMetrics.has(splitFigure(word).plain))
