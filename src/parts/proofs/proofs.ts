/** The rules of proof that there are. */
import { counter } from './counter.ts'
import { duplicates } from './duplicates.ts'
import { flows } from './flows.ts'
import { lost } from './lost.ts'
import { order } from './order.ts'
import { program } from './program.ts'
import { reordered } from './reordered.ts'

/** A file each. */
export const proofKinds = [
  // In the order in which an error lists them.
  counter,
  program,
  flows,
  order,
  lost,
  reordered,
  duplicates,
] as const
