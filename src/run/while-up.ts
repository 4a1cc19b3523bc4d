/** Something done on a path of those that share their namespaces, which is up for it alone, and what the kernel counted meanwhile. */
import type { ScenarioPath } from '../scenario/scenario.ts'
import { thrownReason } from './broken-reason.ts'
import type { PathSwitch } from './path-switch.ts'
import { startCounting } from './round-counters.ts'
import type { RoundContext, TellCounted } from './round-context.ts'

/** @returns what `work` comes to; undefined where the path could not be brought up, and is left out from now on */
export async function whileUp<Done>(
  { input, tools, drivers, log }: RoundContext,
  pathSwitch: PathSwitch,
  path: ScenarioPath,
  tellCounted: TellCounted,
  work: () => Promise<Done>,
): Promise<Done | undefined> {
  const refusal = await pathSwitch.to(path).then(() => undefined, thrownReason)
  if (refusal !== undefined) {
    log.add(['left out', path.name, refusal])
    return undefined
  }
  const stopCounting = await startCounting({ ...tools, objects: input.objects }, [path])
  const done = await work()
  for (const drained of await drivers.drain()) log.add(['drained', { ...drained, path: path.name }])
  tellCounted(path.name, (await stopCounting()).get(path.name) ?? new Map())
  return done
}
