/** Moves devices of this machine and of the other host into namespaces that paths share, and gives them back. */
import { allOf } from '../host/all-of.ts'
import { BenchError } from '../host/errors.ts'
import { runTool } from '../host/tool.ts'
import { devicesOf } from '../scenario/check.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { setUpNamespaces } from '../topology/apply.ts'
import { fileOfReference } from '../topology/existing.ts'
import { giveBackScript, moveScript } from '../topology/give-back.ts'
import { descriptorOf, Guard, mostFiles } from '../topology/guard.ts'
import { lookCommand, type MachineLook, readLook } from '../topology/machine-look.ts'
import {
  awaitCarriersStep,
  type MadeNamespace,
  madeFileSeen,
  madeNamespaces,
  makeStep,
  plansOf,
} from '../topology/made-namespaces.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { managementDevices } from '../topology/spared-devices.ts'
import { NotGivenBack } from './not-given-back.ts'
import { hindrances, type NamedDevices, requireFree } from './require-free.ts'
import type { OpenRemoteSandbox } from './remote-sandbox.ts'

type Paths = Pick<Scenario, 'paths'>

/** A machine, and what of the scenario is on it. */
interface Side {
  readonly sandbox: Sandbox
  /** What it is called in errors. */
  readonly where: string
  readonly made: readonly MadeNamespace[]
  readonly look: MachineLook
}

/**
 * Makes the namespaces of scenarios that are not there already, on both machines, moves their devices in, and sets them up.
 *
 * @param undo gets what gives the devices back; that is done, too, where pathbench is killed
 * @throws BenchError `usage` where devices are named that a machine is reached by, or cannot be moved; `failed`
 */
export async function moveIn(
  { local, remote }: { readonly local: Sandbox; readonly remote: OpenRemoteSandbox },
  scenarios: readonly Paths[],
  undo: (() => Promise<void>)[],
): Promise<void> {
  const [first] = scenarios.flatMap(({ paths }) => paths)
  if (first === undefined) return
  const { topology } = first
  const made = madeNamespaces(topology)
  const isAway = ({ host }: MadeNamespace) => host !== undefined
  const [away, here] = [made.filter(isAway), made.filter((one) => !isAway(one))]
  const [ofRemote, ofLocal] = await allOf([lookThere(remote, first, away), lookHere(here)])
  const there = { sandbox: remote, where: `host "${remote.host}"`, made: away, look: ofRemote.look }
  const thisMachine = { sandbox: local, where: 'this machine', made: here, look: ofLocal }
  requireFree([
    ...ofRemote.refused,
    ...refusedOf(thisMachine, managementDevices(ofLocal)),
    ...refusedOf(there, new Map()),
  ])
  await allOf([moveSide(there, scenarios, undo), moveSide(thisMachine, scenarios, undo)])
  await setUpNamespaces(local, plansOf(topology, here))
  // These have carriers once those have, too.
  await setUpNamespaces(remote, plansOf(topology, away), away.map(awaitCarriersStep))
  await local.run(here.map(awaitCarriersStep))
}

const refusedOf = ({ made, look, where }: Side, management: ReadonlyMap<string, string>): NamedDevices[] =>
  made.flatMap(({ devices }) => hindrances(devices, where, look, management))

async function lookHere(made: readonly MadeNamespace[]): Promise<MachineLook> {
  const what = 'look at the devices of this machine'
  const command = lookCommand({ devices: made.flatMap(({ devices }) => devices) })
  return readLook(await runTool({ command, what }), what)
}

/** What the other host is managed by is told of namespaces, too, that are there already, and are that of the login. */
async function lookThere(
  remote: OpenRemoteSandbox,
  { topology }: Paths['paths'][number],
  made: readonly MadeNamespace[],
): Promise<{ readonly look: MachineLook; readonly refused: readonly NamedDevices[] }> {
  const { client, server } = remote.connection
  const where = `host "${remote.host}"`
  const what = `look at the devices of ${where}`
  const existing = new Map<string, string>()
  for (const [name, namespace] of Object.entries(topology.namespaces))
    if (namespace.host !== undefined && namespace.existing !== undefined)
      existing.set(name, await fileOfReference(namespace.existing, remote))
  const order = {
    devices: made.flatMap(({ devices }) => devices),
    files: [...existing.values()],
    peer: client,
  }
  const look = readLook(
    await remote.roundTrips.wait(runTool({ command: remote.outside(lookCommand(order)), what })),
    what,
  )
  const management = managementDevices(look, server)
  const own = [...existing].flatMap(([name, file]) => (look.own.includes(file) ? [name] : []))
  const devices = devicesOf(topology)
  const named = [...made.map(({ name }) => name), ...own].flatMap((name) => devices.get(name) ?? [])
  const refused = named.flatMap((device) => {
    const why = management.get(device)
    return why === undefined ? [] : [{ device, where, why: `${why}, and the host might be lost` }]
  })
  return { look, refused }
}

/** Makes the namespaces of one machine, and moves its devices into them. */
async function moveSide(
  { sandbox, where, made, look }: Side,
  scenarios: readonly Paths[],
  undo: (() => Promise<void>)[],
): Promise<void> {
  if (made.length === 0) return
  if (made.length > mostFiles)
    throw new BenchError(`Could not make ${made.length} namespaces on ${where}`, {
      trouble: 'usage',
      hint: `devices of up to ${mostFiles} can be given back where pathbench is killed: name no more of them`,
    })
  const paths = [...new Set(scenarios.flatMap((scenario) => scenario.paths.map(({ name }) => name)))]
  await sandbox.run(
    made.map(({ name }) =>
      makeStep(
        name,
        paths.map((path) => namespaceFileFor(path)(name)),
      ),
    ),
  )
  const moved = made.flatMap(({ devices }, index) =>
    devices.map((device) => ({ device, descriptor: descriptorOf(index) })),
  )
  const guard = new Guard(
    sandbox,
    made.map(({ name }) => madeFileSeen(sandbox, name)),
  )
  const names = moved.map(({ device }) => device).join(', ')
  undo.push(async () => {
    if (!(await guard.end())) throw new NotGivenBack(names, where)
  })
  guard.tell(giveBackScript(moved, look))
  const { failure } = await guard.do(moveScript(moved))
  if (failure === undefined) return
  throw new BenchError(`Could not move ${names} of ${where} into a namespace: ${failure}`, {
    trouble: 'failed',
    hint: 'take devices that can be moved, and that nothing else uses',
  })
}
