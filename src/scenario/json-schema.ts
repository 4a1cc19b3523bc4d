/** The published JSON Schema of scenario files, which editors follow; kept as scenarios/scenario.schema.json. */
import { z } from 'zod'
import { scenarioSchema } from './schema.ts'

export const scenarioJsonSchema = () => ({
  title: 'pathbench scenario',
  ...z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' }),
})
