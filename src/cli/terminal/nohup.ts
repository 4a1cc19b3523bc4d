/** nohup(1), which Node undoes: it sets every signal back to what it does by default when it starts. */

/** Goes on when the terminal is closed, where the launcher found that this was asked for. */
export function heedNohup(): void {
  if (isNohup()) process.on('SIGHUP', () => undefined)
}

/** Whether SIGHUP was ignored when `bench` was started. */
export const isNohup = (): boolean => process.env.BENCH_IGNORES_HUP === '1'
