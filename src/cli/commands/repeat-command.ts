/** From what a run was asked to do to what one that confirms it is to do. Pure. */
import { mostTimes } from '../../gates/confirm.ts'
import { BenchError } from '../../host/errors.ts'
import type { RunRecord, RunRequest } from '../../record/record.ts'
import type { RunOptions } from '../../run/settings.ts'

/**
 * What a run was asked to do.
 *
 * @throws BenchError `usage` where it was not one of `bench run`, or does not say
 */
export function repeatOf({
  runId,
  command,
  request,
}: Pick<RunRecord, 'runId' | 'command' | 'request'>): RunRequest {
  if (request?.command === 'run') return request
  throw new BenchError(
    request === undefined
      ? `Could not repeat run ${runId}: its record is of an earlier version, and does not say what was asked`
      : `Could not repeat run ${runId}: its command is not one of \`bench run\``,
    {
      trouble: 'usage',
      details: command,
      hint:
        request === undefined
          ? 'measure again with that command, and check the new run'
          : '`bench ab` confirms what it finds by itself',
    },
  )
}

/**
 * The options of a run that is longer.
 *
 * @param settings of the run that is repeated
 * @param times how much longer would decide
 */
export function longerOptions(
  options: RunOptions,
  { maxTimeS }: Pick<RunRecord['settings'], 'maxTimeS'>,
  times: number,
): RunOptions {
  const factor = Math.min(mostTimes, Math.max(1, times))
  const { blocks, precision } = options
  return {
    ...options,
    // A quick run's few rounds are a part of what made its interval wide.
    quick: false,
    maxTimeS: maxTimeS * factor,
    ...(blocks === undefined ? {} : { blocks: Math.ceil(blocks * factor) }),
    ...(precision === undefined ? {} : { precision: precision / Math.sqrt(factor) }),
  }
}
