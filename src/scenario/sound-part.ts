/** What of a file with mistakes can still be checked further, so that all its mistakes are told at once. Pure. */
import type { z } from 'zod'
import { trialKinds } from '../parts/loads/loads.ts'
import { type ScenarioFile, scenarioSchema } from './schema.ts'

/** What of a file is as it should be, with stand-ins for what is not. */
export interface SoundPart {
  readonly file: ScenarioFile
  /** Paths that were left out of it. */
  readonly leftOut: ReadonlySet<string>
}

/** Stand-ins for what nothing else depends on. */
const standIns: Readonly<Record<string, unknown>> = {
  $schema: undefined,
  name: 'unnamed',
  title: 'untitled',
  description: '',
  load: [{ kind: trialKinds[0] }],
  loads: {},
  gates: [],
}

/** The sound part of `value`, or undefined where what is wrong leaves nothing to say of the rest. */
export function soundPartOf(value: unknown, issues: readonly z.core.$ZodIssue[]): SoundPart | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const left = new Map<string, unknown>(Object.entries(value))
  const leftOut = new Set<string>()
  for (const { code, path, ...issue } of issues) {
    const [top, name] = path
    if (path.length === 0 && code === 'unrecognized_keys')
      for (const key of (issue as { keys: string[] }).keys) left.delete(key)
    else if (top === 'paths' && typeof name === 'string') leftOut.add(name)
    else if (typeof top === 'string' && Object.hasOwn(standIns, top)) left.set(top, standIns[top])
    else return undefined
  }
  const { paths } = value as { paths?: object }
  left.set('paths', Object.fromEntries(Object.entries(paths ?? {}).filter(([name]) => !leftOut.has(name))))
  const parsed = scenarioSchema.safeParse(Object.fromEntries(left))
  return parsed.success ? { file: parsed.data, leftOut } : undefined
}
