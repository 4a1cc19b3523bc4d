/** What `bench explain` says of paths with something changed. */
import type { ExecutionContext } from 'ava'
import { bench } from './bench-command.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'

/** What it says of one path of redirect-vs-stack, in one line. */
export async function explained(
  t: ExecutionContext,
  path: string,
  changes: readonly Change[],
  sources: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): Promise<string> {
  const { file } = ownScenario(t, changedScenario(changes), sources)
  const { exitCode, stdout, stderr } = await bench(['explain', file, '--path', path, ...more])
  t.is(exitCode, 0, stderr)
  return stdout.replaceAll(/\s+/g, ' ')
}
