/** The composite action, as far as its tests look into it. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { inProject } from '../../src/host/project.ts'

const stepSchema = z.strictObject({
  id: z.string().optional(),
  name: z.string(),
  if: z.string().optional(),
  shell: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
  run: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.string()).optional(),
  'continue-on-error': z.boolean().optional(),
})

/** Keys as GitHub's reference of action metadata has them for composite actions. */
const actionSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  branding: z.strictObject({ icon: z.string(), color: z.string() }),
  inputs: z.record(
    z.string().regex(/^[a-z][a-z-]*$/),
    z.strictObject({
      description: z.string(),
      required: z.boolean().optional(),
      default: z.string().optional(),
    }),
  ),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(stepSchema) }),
})

export type Action = z.infer<typeof actionSchema>
export type Step = Action['runs']['steps'][number]

export const actionText = readFileSync(inProject('action.yml'), 'utf8')

/** @throws ZodError with what is wrong about it */
export const readAction = (): Action => actionSchema.parse(parse(actionText))
