/** Numbers as records and drivers' answers have them. */
import { z } from 'zod'

export const count = z.number().int().nonnegative()
export const nanoseconds = z.number().nonnegative()
