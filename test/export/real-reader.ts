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

const found = new Map<Reader, boolean>()

/** Whether the reader is there; each is asked once. */
function isThere(reader: Reader): boolean {
  const known = found.get(reader) ?? spawnSync(reader.file, reader.probe).status === 0
  found.set(reader, known)
  return known
}

/** A test that needs the reader. */
export const asRead = (
  reader: Reader,
  title: string,
  implementation: (t: ExecutionContext) => void,
): void => {
  if (isThere(reader)) test(title, implementation)
  else test.skip(`${title} (needs ${reader.name})`, implementation)
}

interface Said {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a reader to its end on `input`. */
export const readBy = ({ file }: Reader, options: readonly string[], input: string): Said =>
  spawnSync(file, options, { input, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
