/** Commands that load the machine beside a run's measuring: they wait for their turn, as runs do. */
import type { Waiting } from '../../run/exclusive.ts'
import { tell } from './output.ts'

/** @param name what is going to be done, for others who wait */
export const waitingFor = (name: string, mayWait: boolean): Waiting => ({
  name,
  mayWait,
  warn: tell,
  signal: new AbortController().signal,
})
