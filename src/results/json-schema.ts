/** The published JSON Schema of run.json; kept as results/run.schema.json. */
import { z } from 'zod'
import { runRecordSchema } from './record.ts'

export const runJsonSchema = () => ({ title: 'pathbench run record', ...z.toJSONSchema(runRecordSchema) })
