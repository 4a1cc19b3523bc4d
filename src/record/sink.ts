/** Where the packets of a run's floods were taken. */
import { defaultSink, sinkOf } from '../parts/sinks/sinks.ts'
import type { RunRecord } from './record.ts'

export { sinkOf }

/** The sink of a run's floods where that is not the servers' sockets. */
export const otherSinkOf = ({ settings }: Pick<RunRecord, 'settings'>): string | undefined =>
  settings.trials.map(sinkOf).find((sink) => sink !== defaultSink)
