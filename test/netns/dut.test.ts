import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import type { HostChecks } from '../../src/cli/commands/doctor-host.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, startBench } from './bench-command.ts'
import { comesTrue } from './comes-true.ts'
import { dutPath, stateOf } from './dut.ts'
import { givingBack } from '../../src/run/lab.ts'
import { buildPaths, removePaths } from '../../src/run/live-paths.ts'
import { furnishPlaces } from '../../src/run/furnish-places.ts'
import { PathSwitch } from '../../src/run/path-switch.ts'
import { openPlaces } from '../../src/run/places.ts'
import { prepareScenario } from '../../src/run/prepare-scenario.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { namespaceFileFor } from '../../src/topology/plan.ts'

const runWords = (file: string, ...more: readonly string[]): string[] => [
  ...['run', file, '--rounds', '1', '--blocks', '2', '--json', '--quiet', '--no-report'],
  ...['--results', join(file, '..', 'results'), ...more],
]

const sockets = () => readdirSync(tmpdir()).filter((name) => /^pathbench-[0-9a-f]{12}$/.test(name))

asRoot(
  'a router on another host is measured over ssh, its program runs there, and nothing stays',
  async (t) => {
    const dut = await dutPath(t)
    const before = await stateOf(dut)
    const ended = await bench(runWords(dut.file))
    t.is(ended.exitCode, 0, ended.stderr)
    const { paths, environment } = JSON.parse(ended.stdout) as RunRecord
    t.deepEqual(
      paths.map(({ name, status, reason }) => [name, status, reason]),
      [
        ['stack', 'measured', undefined],
        ['redirect', 'measured', undefined],
        ['control', 'measured', undefined],
      ],
    )
    t.true(paths.every(({ proof }) => proof.every(({ holds }) => holds)))
    t.is(await stateOf(dut), before)
    t.deepEqual(sockets(), [])
    // One kernel is both here; a veth has no ring, and is not said to have one.
    t.like(environment.dut, { name: 'dut', kernel: environment.kernel, memoryBytes: environment.memoryBytes })
    const { client, server } = dut.cards
    const ports = [`netns-1/${client}`, 'netns-2/veth1@2', 'netns-2/veth2@1', `netns-3/${server}`]
    t.deepEqual(Object.keys(environment.devices ?? {}), ports)
    for (const settings of Object.values(environment.devices ?? {})) {
      t.like(settings, { driver: 'veth', 'offload tx-checksumming': 'on' })
      t.deepEqual(
        Object.keys(settings).filter((name) => name.startsWith('ring')),
        [],
      )
    }
  },
)

/** A run that is killed once something is so. */
async function killOnce(t: ExecutionContext, file: string, isSo: () => Promise<boolean>): Promise<void> {
  const started = startBench(runWords(file, '--rounds', '1000'))
  t.true(await comesTrue(isSo, 60))
  started.kill('SIGKILL')
  await started
}

asRoot('devices are given back on both machines where a run is killed, as they were', async (t) => {
  const dut = await dutPath(t)
  const before = await stateOf(dut)
  await killOnce(t, dut.file, async () => !(await dut.run(['ip', 'link'])).includes('veth1@2'))
  t.true(await comesTrue(async () => (await stateOf(dut)) === before, 60), await stateOf(dut))
  t.true(await comesTrue(() => sockets().length === 0))
})

asRoot(
  'a run on a namespace that is there on the host leaves no filter in it where it is killed',
  async (t) => {
    const dut = await dutPath(t)
    await dut.lendRouter()
    const before = await stateOf(dut)
    const filters = () => dut.run(['sh', '-c', 'tc filter show dev veth1@2 ingress 2>&1'])
    await killOnce(t, dut.file, async () => (await filters()).includes('redirect'))
    t.true(await comesTrue(async () => (await stateOf(dut)) === before, 60), await stateOf(dut))
  },
)

asRoot(
  'a host that cannot be worked on, and the link that it is managed by, are refused with what to do',
  async (t) => {
    const dut = await dutPath(t)
    const before = await stateOf(dut)
    const refused = async (exitCode: number, message: RegExp) => {
      const ended = await bench(runWords(dut.file))
      t.is(ended.exitCode, exitCode, ended.stderr)
      t.regex(ended.stderr, message)
    }
    const namespace = ['topology', 'namespaces', 'netns-2', 'devices']
    dut.rewrite([[namespace, [dut.management]]])
    await refused(2, /^Could not use mgmt of host "dut": ssh comes in by it/m)
    dut.rewrite([])
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', `${dut.key}-other`])
    const { stdout: other } = await execa('cat', [`${dut.key}-other`])
    const { stdout: right } = await execa('cat', [dut.key])
    writeFileSync(dut.key, `${other}\n`)
    await refused(
      3,
      /^Could not reach host "dut" \(dut\): it lets nobody in by the keys that ssh has\n[^]*^Hint: /m,
    )
    writeFileSync(dut.key, `${right}\n`)
    writeFileSync(dut.knownHosts, '')
    await refused(3, /^Could not reach host "dut" \(dut\): its host key is not known\n[^]*^Hint: /m)
    t.is(await stateOf(dut), before)
  },
)

asRoot('doctor tells what a host has, which device it is managed by, and what cannot be moved', async (t) => {
  const dut = await dutPath(t)
  const before = await stateOf(dut)
  await dut.run('ip link add br0 type bridge'.split(' '))
  await dut.run('ip link add spare master br0 type veth peer name other'.split(' '))
  const ended = await bench(['doctor', dut.file, '--host', 'dut', '--json'])
  t.is(ended.exitCode, 0, ended.stderr)
  const { host, devices } = JSON.parse(ended.stdout) as HostChecks
  t.like(host, {
    name: 'dut',
    kernel: (await execa('uname', ['-r'])).stdout + host.kernel.replace(/^\S+/, ''),
  })
  t.deepEqual(
    devices.map(({ device, isManagement, hindrance, namespace }) => [
      device,
      isManagement,
      hindrance,
      namespace,
    ]),
    [
      ['mgmt', true, 'ssh comes in by it', undefined],
      ['veth1@2', false, undefined, 'netns-2'],
      ['veth2@1', false, undefined, 'netns-2'],
      ['br0', false, 'spare is a port of it', undefined],
      ['other', false, undefined, undefined],
      ['spare', false, 'it is a port of br0', undefined],
    ],
  )
  dut.rewrite([[['topology', 'namespaces', 'netns-2', 'devices'], ['spare']]])
  const refused = await bench(['doctor', dut.file, '--host', 'dut'])
  t.is(refused.exitCode, 3)
  t.regex(refused.stdout, /^Host "dut" cannot be a device under test: spare: it is a port of br0$/m)
  await dut.run('ip link del spare'.split(' '))
  await dut.run('ip link del br0'.split(' '))
  t.is(await stateOf(dut), before)
})

/** Most that each may wait for the host; what falls together depends on the machine, so that it may be more than on a quiet one. */
const openTripsMax = 8
const topologyTripsMax = 5
const switchTripsMax = 2

asRoot('a topology is applied in few round trips, and a path is switched in fewer', async (t) => {
  const dut = await dutPath(t)
  const scenario = loadScenario(dut.file)
  const objects = await prepareScenario(scenario)
  await givingBack(async (undo) => {
    const { sandbox } = await openPlaces([scenario], undo)
    const roundTrips = sandbox.parts?.remote.roundTrips
    const tripsOf = async (work: () => Promise<unknown>) => {
      const before = roundTrips?.count ?? NaN
      await work()
      return (roundTrips?.count ?? NaN) - before
    }
    // Connecting and describing are among them.
    const openTrips = roundTrips?.count ?? NaN
    t.true(openTrips <= openTripsMax, `${openTrips}`)
    const { paths } = scenario
    const parts = { objects, ...scenario }
    const topologyTrips = await tripsOf(async () => {
      await furnishPlaces(sandbox, { paths, objects }, namespaceFileFor)
      t.is((await buildPaths(sandbox, paths, parts)).failures.size, 0)
    })
    t.true(topologyTrips > 0 && topologyTrips <= topologyTripsMax, `${topologyTrips}`)
    const pathSwitch = new PathSwitch(sandbox, namespaceFileFor)
    // What of a path stays is found out once.
    for (const path of paths) await pathSwitch.to(path)
    const switchTrips: number[] = []
    for (const path of [...paths, ...paths]) switchTrips.push(await tripsOf(() => pathSwitch.to(path)))
    t.true(Math.max(...switchTrips) <= switchTripsMax && Math.max(...switchTrips) > 0, switchTrips.join(', '))
    await pathSwitch.end()
    await removePaths(sandbox, paths, parts)
    t.log(
      `${openTrips} to connect and move devices in, ${topologyTrips} to load programs, ${switchTrips.join(', ')} to switch`,
    )
  })
})

asRoot(
  'sweeps, searches and soaks go over a host; what is set up once is not swept, and nothing there is traced',
  async (t) => {
    const dut = await dutPath(t)
    const before = await stateOf(dut)
    const swept = await bench(runWords(dut.file, '--sweep', 'payload=64,128', '--rounds', '1'))
    t.is(swept.exitCode, 0, swept.stderr)
    const words = [
      '--only',
      'redirect',
      '--json',
      '--no-report',
      '--results',
      join(dut.file, '..', 'results'),
    ]
    const searching = ['--quick', '--goal', 'ndr', '--max-rate', '4k', '--max-time', '10s']
    const searched = await bench(['search', dut.file, ...searching, ...words])
    t.is(searched.exitCode, 0, searched.stderr)
    const soaked = await bench(['soak', dut.file, '--rate', '2k', '--time', '2s', ...words])
    t.is(soaked.exitCode, 0, soaked.stderr)
    const refused = async (message: RegExp, command: readonly string[]) => {
      const ended = await bench(command)
      t.is(ended.exitCode, 2, ended.stderr)
      t.regex(ended.stderr, message)
    }
    await refused(
      /mtu: cannot be set with "place: existing" or "hosts"/,
      runWords(dut.file, '--sweep', 'mtu=1400,1500'),
    )
    await refused(/^Could not trace packets over host "dut"/m, runWords(dut.file, '--trace'))
    await refused(/^Could not trace packets over host "dut"/m, ['trace', dut.file])
    await refused(/^Could not trace packets over host "dut"/m, ['explain', dut.file, '--path', 'stack'])
    await refused(/^Could not run a command in a topology over host "dut"/m, ['exec', dut.file, '--', 'true'])
    t.is(await stateOf(dut), before)
  },
)
