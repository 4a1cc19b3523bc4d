/** What a run brings to light in the history of its scenario. Pure. */
import { z } from 'zod'
import { formatChange } from '../words/numbers.ts'
import { metricWords } from '../record/metric-words.ts'

const changeSchema = z.object({
  startedAt: z.string(),
  foundAt: z.object({ runId: z.string() }),
  change: z.number(),
  direction: z.enum(['better', 'worse']),
})

const trendSchema = z.object({
  scenarios: z.array(
    z.object({
      scenario: z.string(),
      series: z.array(z.object({ path: z.string(), metric: z.string(), changes: z.array(changeSchema) })),
    }),
  ),
})

/**
 * The lasting changes for the worse that were found after a run, a line each. Those that an earlier run found
 * have been told before.
 *
 * @param trend what `bench trend --json` prints, parsed
 * @throws ZodError if it is something else
 */
export const newlyWorse = (trend: unknown, runId: string): string[] =>
  trendSchema
    .parse(trend)
    .scenarios.flatMap(({ scenario, series }) =>
      series.flatMap(({ path, metric, changes }) =>
        changes
          .filter(({ direction, foundAt }) => direction === 'worse' && foundAt.runId === runId)
          .map(
            ({ change, startedAt }) =>
              `${scenario}: ${metricWords(metric).noun} of ${path}: ${formatChange(change)} since the run of ${startedAt.slice(0, 10)}`,
          ),
      ),
    )
