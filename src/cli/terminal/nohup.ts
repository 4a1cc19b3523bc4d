/**
 * Whether SIGHUP was ignored when `bench` was started, as by nohup(1). Node undoes that when it starts: the launcher, which
 * finds out, has Node ignore it again.
 */
export const isNohup = (): boolean => process.env.BENCH_IGNORES_HUP === '1'

/** What else ends a command, beside keys, that is heeded: SIGTERM, and the end of the terminal but under nohup. */
export const endingSignals = (): NodeJS.Signals[] => ['SIGTERM', ...(isNohup() ? [] : (['SIGHUP'] as const))]
