/** What only root may do. */
import { BenchError } from '../host/errors.ts'

/** Refuses where the user is not root. @throws BenchError `machine` */
export function requireRoot(what: string): void {
  if (process.getuid?.() === 0) return
  throw new BenchError(`Could not ${what}: network namespaces and BPF need root`, {
    trouble: 'machine',
    hint: `sudo ./bench ${process.argv.slice(2).join(' ')}`,
  })
}
