/** Tests that ask a reader which other people wrote, and say so where they are skipped for want of it. */
import { spawnSync } from 'node:child_process'
import test, { type ExecutionContext } from 'ava'

/** A program that answers to `probe` where it is there. */
export interface Reader {
  readonly name: string
  readonly file: string
  readonly probe: readonly string[]
}

export const xmllint: Reader = { name: 'xmllint', file: 'xmllint', probe: ['--version'] }

/** The system's Python, as that is where Debian's package puts it. */
export const prometheusClient: Reader = {
  name: "Prometheus' Python client",
  file: '/usr/bin/python3',
  probe: ['-c', 'import prometheus_client.openmetrics.parser'],
}

/** A test that needs the reader. */
export const asRead = (
  { name, file, probe }: Reader,
  title: string,
  implementation: (t: ExecutionContext) => void,
): void => {
  if (spawnSync(file, probe).status === 0) test(title, implementation)
  else test.skip(`${title} (needs ${name})`, implementation)
}

interface Said {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a reader to its end on `input`. */
export const readBy = ({ file }: Reader, options: readonly string[], input: string): Said =>
  spawnSync(file, options, { input, encoding: 'utf8' })
