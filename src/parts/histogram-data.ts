/** A histogram as drivers of load hand it over. */
import { z } from 'zod'
import { count } from './figures.ts'

/** An HDR histogram: buckets are pairs of index and count (src/load/histogram.ts). */
export const histogramSchema = z.object({
  count,
  min: count,
  max: count,
  sum: z.number(),
  buckets: z.array(count),
})

export type HistogramData = z.infer<typeof histogramSchema>
