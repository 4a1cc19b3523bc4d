/** The published JSON Schema of run.json; kept as results/run.schema.json. */
import { z } from 'zod'
import { runRecordSchema } from './record.ts'

/** Later versions may add fields, and a reader that follows this schema must not trip over them. */
export const runJsonSchema = () => ({
  title: 'pathbench run record',
  ...z.toJSONSchema(runRecordSchema, { io: 'input' }),
})
