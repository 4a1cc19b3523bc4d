/**
 * What one path turns on for the whole kernel. TC hooks, generic XDP and netfilter are patched into the kernel's code
 * while anyone uses them (its static keys), and then cost every packet of every namespace: on Linux 6.18, veth, TC hooks
 * cost `stack` of redirect-vs-stack 1.7 % of its packets/s. Paths that are live at once all pay. Those that share their namespaces
 * would turn them on and off, so that their baseline alone went without: hence they are kept on.
 */
import { loaderCommand, loadOrderText } from '../datapath/loader.ts'
import { nopOrder } from '../datapath/nop.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import { devicesOf } from '../scenario/check.ts'
import { hookedPrograms, type ScenarioPath } from '../scenario/scenario.ts'
import { makeDevices } from '../topology/check-rules.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import type { Step } from '../topology/steps.ts'

/** The name of a namespace where no packet goes, and of the folder of what is attached there. */
const nowhere = 'kernel-switches'
const pins = `${sandboxFolders.bpf}/${nowhere}`

/**
 * Keeps on what the kernel turns on for any of `paths`, until the sandbox is closed: the hooks of their programs and
 * nftables rules are in use in namespaces of the sandbox's own. Once is enough for a sandbox.
 *
 * @throws BenchError `failed` about what the kernel refuses
 */
export async function keepSwitchesOn(sandbox: Sandbox, paths: readonly ScenarioPath[]): Promise<void> {
  const { state } = await sandbox.tryStep({
    command: ['test', '-e', `${sandboxFolders.namespaces}/${nowhere}`],
    what: 'look for what is kept on',
  })
  if (state === 'failed') await sandbox.run([...hookSteps(paths), ...ruleSteps(paths)])
}

/** A device's own hooks are no switch of the kernel's, nor are those of its driver. */
const hooksOf = (paths: readonly ScenarioPath[]) =>
  [...new Set(paths.flatMap(hookedPrograms).map(({ hook }) => hook))]
    .map(hookNamed)
    .filter(({ isInDriver, linkKind }) => !isInDriver && linkKind === undefined)

/** Programs that do nothing, at each kind of hook. */
function hookSteps(paths: readonly ScenarioPath[]): Step[] {
  const hooks = hooksOf(paths)
  const what = 'keep the hooks of all paths in use'
  return [
    { command: ['ip', 'netns', 'add', nowhere], what },
    ...(hooks.length === 0 ? [] : [{ command: loaderCommand, input: loadOrderText([nopOrder(pins)]), what }]),
    ...hooks.map(({ attach, type }, index) => ({
      ...attach({
        device: 'lo',
        pin: `${pins}/${type.nop}`,
        linkPin: `${pins}/link-${index}`,
        order: index + 1,
      }),
      what,
      namespaceFile: nowhere,
    })),
  ]
}

/** The rules of each namespace of each path, in one of its own, where there are devices of the names that they may use. */
function ruleSteps(paths: readonly ScenarioPath[]): Step[] {
  const what = 'keep the nftables hooks of all paths in use'
  const rulesets = paths.flatMap(({ topology }) =>
    Object.entries(topology.namespaces).flatMap(([name, { nftables }]) =>
      nftables === '' ? [] : [{ nftables, devices: devicesOf(topology).get(name) ?? [] }],
    ),
  )
  return rulesets.flatMap(({ nftables, devices }, index) => {
    const namespaceFile = `${nowhere}-${index}`
    return [
      { command: ['ip', 'netns', 'add', namespaceFile], what },
      {
        command: ['sh', '-c', `${makeDevices}\nexec nft -f -`, nowhere, ...devices],
        input: nftables,
        what,
        namespaceFile,
      },
    ]
  })
}
