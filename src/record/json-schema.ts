/** The JSON Schemas of what is kept; that of run.json is published as results/run.schema.json. */
import { z } from 'zod'
import { fleetSchema } from './fleet.ts'
import { runRecordSchema } from './record.ts'
import { searchSchema } from './search.ts'
import { soakSchema } from './soak.ts'
import { sweepSchema } from './sweep.ts'

/** Later versions may add fields, and a reader that follows this schema must not trip over them. */
const published = (title: string, schema: z.ZodType) => ({
  title,
  ...z.toJSONSchema(schema, { io: 'input' }),
})

export const runJsonSchema = () => published('pathbench run record', runRecordSchema)
export const sweepJsonSchema = () => published('pathbench sweep', sweepSchema)
export const searchJsonSchema = () => published('pathbench search', searchSchema)
export const soakJsonSchema = () => published('pathbench soak', soakSchema)
export const fleetJsonSchema = () => published('pathbench fleet', fleetSchema)
