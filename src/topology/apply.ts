/** Builds planned topologies in a sandbox, and takes them away. */
import { BenchError } from '../host/errors.ts'
import type { NamespacePlan, TopologyPlan } from './plan.ts'
import type { Sandbox } from './sandbox.ts'

/** A device as the kernel made it. */
export interface LiveDevice {
  readonly ifindex: number
  readonly mac: string
}

/**
 * Builds a topology.
 *
 * @param path the name of the path it is for, named in errors.
 * @throws BenchError `failed`, naming the command that the kernel refused and its reason.
 */
export async function buildTopology(sandbox: Sandbox, plan: TopologyPlan, path: string): Promise<void> {
  await runBatch(sandbox, plan.createLines, `create the links of path "${path}"`)
  await Promise.all(plan.namespaces.map((namespace) => buildNamespace(sandbox, namespace, path)))
}

/** Takes a topology away. */
export async function removeTopology(sandbox: Sandbox, plan: TopologyPlan, path: string): Promise<void> {
  await runBatch(sandbox, plan.removeLines, `remove the topology of path "${path}"`)
}

// Each line: a value and the file it goes to; the shell names the file that it could not write.
const writeSysctls = 'while read -r value file; do echo "$value" >"$file" || exit 1; done'

async function buildNamespace(sandbox: Sandbox, plan: NamespacePlan, path: string): Promise<void> {
  const where = `${plan.namespace} of path "${path}"`
  if (plan.sysctls.length > 0)
    await sandbox.run(
      {
        command: ['sh', '-c', writeSysctls],
        input: plan.sysctls.map(({ file, value }) => `${value} ${file}\n`).join(''),
        what: `set the sysctls of ${where}`,
      },
      plan.file,
    )
  await runBatch(sandbox, plan.ipLines, `set up ${where}`, plan.file)
}

/** Runs lines through `ip -batch`; a failure names the line. */
async function runBatch(
  sandbox: Sandbox,
  lines: readonly string[],
  what: string,
  namespaceFile?: string,
): Promise<void> {
  try {
    await sandbox.run({ command: ['ip', '-batch', '-'], input: lines.join('\n'), what }, namespaceFile)
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    // ip(8) ends with `Command failed -:3`: the number of the line.
    const line = lines[Number(/Command failed -:(\d+)/.exec(error.details ?? '')?.[1]) - 1]
    if (line === undefined) throw error
    throw new BenchError(`${error.message} (ip ${line})`, { trouble: error.trouble, cause: error })
  }
}

/** The devices of a built namespace, by name. */
export async function readDevices(
  sandbox: Sandbox,
  namespaceFile: string,
): Promise<ReadonlyMap<string, LiveDevice>> {
  const json = await sandbox.run(
    { command: ['ip', '-j', 'link', 'show'], what: `read the devices of ${namespaceFile}` },
    namespaceFile,
  )
  const devices = JSON.parse(json) as { ifname: string; ifindex: number; address: string }[]
  return new Map(devices.map(({ ifname, ifindex, address }) => [ifname, { ifindex, mac: address }]))
}
