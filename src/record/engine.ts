/** Which engine sent the floods of a run. */
import { defaultEngine, engineOf } from '../parts/engines/engines.ts'
import type { RunRecord } from './record.ts'

export { engineOf }

/** The engine of a run's floods where that is not sockets. */
export const otherEngineOf = ({ settings }: Pick<RunRecord, 'settings'>): string | undefined =>
  settings.trials.map(engineOf).find((engine) => engine !== defaultEngine)
