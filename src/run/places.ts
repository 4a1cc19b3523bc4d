/** Opens what scenarios take place in: a sandbox on this machine and, where paths lead over another host, one there. */
import { allOf } from '../host/all-of.ts'
import { BenchError } from '../host/errors.ts'
import { type Generator, startGenerator } from '../load/generator.ts'
import { describeDevices, describeHost } from '../remote/describe.ts'
import { startJoinedGenerator } from '../remote/joined-generator.ts'
import { type JoinedSandbox, joinedSandbox } from '../remote/joined-sandbox.ts'
import { moveIn } from '../remote/move-in.ts'
import { openRemoteSandbox } from '../remote/remote-sandbox.ts'
import type { Environment } from '../record/record.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { openSandbox, type Sandbox } from '../topology/sandbox.ts'

/** What is opened for scenarios. */
export interface Places {
  readonly sandbox: Sandbox
  /** Starts the load generator in it. */
  readonly startGenerator: () => Promise<Generator>
  /** What the environment has beside this machine. */
  readonly beside: Pick<Environment, 'dut' | 'devices'>
}

/**
 * Opens it, and moves devices into the namespaces that are made of them.
 *
 * @param undo gets what closes each sandbox, and gives devices back
 * @throws BenchError `machine` where one cannot be opened; `usage` where scenarios lead over hosts that differ, or name
 *   a device that ssh comes in by
 */
export async function openPlaces(
  scenarios: readonly Pick<Scenario, 'hosts' | 'paths'>[],
  undo: (() => Promise<void>)[],
): Promise<Places> {
  const [host, ...others] = scenarios.flatMap(({ hosts }) => hosts)
  if (host === undefined) {
    const sandbox = await openSandbox()
    undo.push(sandbox.close)
    return { sandbox, startGenerator: () => startGenerator(sandbox), beside: {} }
  }
  const isSame = others.every((other) => JSON.stringify(other) === JSON.stringify(host))
  if (!isSame || others.length + 1 < scenarios.length)
    throw new BenchError('Could not open one place for points that lead over hosts that differ', {
      trouble: 'usage',
      hint: 'measure them in runs of their own',
    })
  const works = [openSandbox(), openRemoteSandbox(host)] as const
  // Of two that fail, the first is told; what is open by then is closed.
  for (const result of await Promise.allSettled(works))
    if (result.status === 'fulfilled') undo.push(result.value.close)
  const [local, remote] = await Promise.all(works)
  await moveIn({ local, remote }, scenarios, undo)
  const away = new Set(host.namespaces)
  const sandbox = joinedSandbox(local, remote, away)
  return {
    sandbox,
    startGenerator: () => startJoinedGenerator(sandbox.parts, away),
    beside: await describeBeside(sandbox, scenarios),
  }
}

async function describeBeside(
  sandbox: JoinedSandbox,
  scenarios: readonly Pick<Scenario, 'paths'>[],
): Promise<Places['beside']> {
  const topology = scenarios[0]?.paths[0]?.topology
  const [dut, devices] = await allOf([
    describeHost(sandbox.parts.remote),
    topology === undefined ? {} : describeDevices(sandbox, topology),
  ])
  return { dut, devices }
}
