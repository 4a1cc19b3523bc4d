/** Ctrl-C of one who sits at a terminal: the first asks to end in order, the second ends at once. */
import { exitCodes } from '../../host/errors.ts'
import { endingSignals } from './nohup.ts'

/** Does something that can be asked to end. @param warn says that it has been */
export async function whileInterruptible<Result>(
  warn: (message: string) => void,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController()
  const interrupt = (signal: NodeJS.Signals) => {
    // The second time, the user means it: what finished rounds measured is on the disk. A terminal that closes
    // says so more than once, by its shell and by the kernel.
    if (interruption.signal.aborted && signal !== 'SIGHUP') {
      warn(
        'Ended at once: `bench list` shows what was kept of rounds that are over, `bench report latest` makes a page of it',
      )
      process.exit(exitCodes.interrupted)
    }
    if (interruption.signal.aborted) return
    interruption.abort()
    warn('Interrupted: ending after this block, and keeping what was measured (again to end at once)')
  }
  const signals: NodeJS.Signals[] = ['SIGINT', ...endingSignals()]
  for (const signal of signals) process.on(signal, interrupt)
  try {
    return await work(interruption.signal)
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
    // A terminal that is gone says so again while the report is written.
    if (interruption.signal.aborted) process.on('SIGHUP', () => undefined)
  }
}
