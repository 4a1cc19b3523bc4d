/**
 * What one path turns on for the whole kernel. TC hooks, generic XDP and netfilter are patched into the kernel's code
 * while anyone uses them (its static keys), and then cost every packet of every namespace: on Linux 6.18, veth, TC hooks
 * cost `stack` of redirect-vs-stack 1.7 % of its packets/s. Paths that are live at once all pay. Those that share their namespaces
 * would turn them on and off, so that their baseline alone went without: hence they are kept on.
 */
import { loaderCommand, loadOrderText } from '../datapath/loader.ts'
import type { InstanceOrder } from '../datapath/load-order.ts'
import { nopOrder } from '../datapath/nop.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import { devicesOf } from '../scenario/check.ts'
import { hookedPrograms, type ScenarioPath } from '../scenario/scenario.ts'
import { makeDevices } from '../topology/check-rules.ts'
import { fileIn, type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import type { Step } from '../topology/steps.ts'

/** The name of a namespace where no packet goes, and of the folder of what is attached there. */
const nowhere = 'kernel-switches'
const pins = `${sandboxFolders.bpf}/${nowhere}`
const nowhereOf = (index: number): string => `${nowhere}-${index}`

/** What is kept on in a sandbox: in words that tell it from others, and in how many namespaces of rules. */
const kept = new WeakMap<Sandbox, { readonly words: string; readonly rulesets: number }>()

/**
 * Keeps on what the kernel turns on for any of `paths`, and nothing else, until it is asked for others or the sandbox is
 * closed: the hooks of their programs and nftables rules are in use in namespaces of the sandbox's own, on the host that
 * paths lead over. Rules that the kernel refuses are left out: their path will tell.
 *
 * @throws BenchError `failed` about a hook that the kernel refuses
 */
export async function keepSwitchesOn(sandbox: Sandbox, paths: readonly ScenarioPath[]): Promise<void> {
  const part = sandbox.parts?.remote ?? sandbox
  const [hooks, rulesets] = [hooksOf(paths), rulesetsOf(paths)]
  const words = JSON.stringify([hooks.map(({ name }) => name), rulesets])
  const before = kept.get(part)
  if (before?.words === words) return
  if (before !== undefined) await part.run(offSteps(before.rulesets))
  // Not known to be all there until it is.
  kept.set(part, { words: '', rulesets: rulesets.length })
  const nop = nopOrder(pins)
  const names = [nowhere, ...rulesets.map((_, index) => nowhereOf(index))]
  await part.run([
    ...names.map((name): Step => ({ command: ['ip', 'netns', 'add', name], what: 'make room for hooks' })),
    ...hookSteps(hooks, { ...nop, object: fileIn(sandbox, nop.object) }),
  ])
  for (const [index, ruleset] of rulesets.entries()) await part.tryStep(ruleStep(ruleset, nowhereOf(index)))
  kept.set(part, { words, rulesets: rulesets.length })
}

function offSteps(rulesets: number): Step[] {
  const what = 'turn off what other paths wanted of the kernel'
  const names = [nowhere, ...Array.from({ length: rulesets }, (_, index) => nowhereOf(index))]
  return [
    { command: ['sh', '-c', 'ip -force -batch - 2>/dev/null || :'], input: delLines(names), what },
    { command: ['rm', '-rf', pins], what },
  ]
}

const delLines = (names: readonly string[]): string => names.map((name) => `netns del ${name}\n`).join('')

/** A device's own hooks are no switch of the kernel's, nor are those of its driver. */
const hooksOf = (paths: readonly ScenarioPath[]) =>
  [...new Set(paths.flatMap(hookedPrograms).map(({ hook }) => hook))]
    .map(hookNamed)
    .filter(({ isInDriver, linkKind }) => !isInDriver && linkKind === undefined)

type Hooks = ReturnType<typeof hooksOf>

/** Programs that do nothing, at each kind of hook. */
function hookSteps(hooks: Hooks, order: InstanceOrder): Step[] {
  const what = 'keep the hooks of all paths in use'
  return [
    ...(hooks.length === 0 ? [] : [{ command: loaderCommand, input: loadOrderText([order]), what }]),
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

interface Ruleset {
  readonly nftables: string
  /** The devices that it may name. */
  readonly devices: readonly string[]
}

/** The rules of each namespace of each path, each once. */
const rulesetsOf = (paths: readonly ScenarioPath[]): Ruleset[] => {
  const all = paths.flatMap(({ topology }) =>
    Object.entries(topology.namespaces).flatMap(([name, { nftables }]) =>
      nftables === '' ? [] : [{ nftables, devices: devicesOf(topology).get(name) ?? [] }],
    ),
  )
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

/** Rules in a namespace of their own, where there are devices of the names that they may use. */
const ruleStep = ({ nftables, devices }: Ruleset, namespaceFile: string): Step => ({
  command: ['sh', '-c', `${makeDevices}\nexec nft -f -`, nowhere, ...devices],
  input: nftables,
  what: 'keep the nftables hooks of all paths in use',
  namespaceFile,
})
