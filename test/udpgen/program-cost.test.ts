import { readFile } from 'node:fs/promises'
import test from 'ava'
import { compile } from '../../src/datapath/compile.ts'
import { inProject } from '../../src/host/project.ts'
import { type Answer, binaries, build, startGenerator } from './generator.ts'
import { openPath } from './open-path.ts'
import { twoNamespaces } from './topologies.ts'

const { file: object } = await compile(inProject('test', 'udpgen', 'program-cost.bpf.c'))

test.before(build)

/** Device 77 is in namespace `client` alone. */
const topology = twoNamespaces(
  'ip -n client link add seventy-seven index 77 address 02:00:00:00:00:77 type veth peer name its-peer',
  'mkdir /run/bpf',
  'mount -t bpf bpf /run/bpf',
  `bpftool prog loadall '${object}' /run/bpf/program`,
  // A type of map whose number is that of XDP among the types of programs.
  'bpftool map create /run/bpf/map type percpu_array key 4 value 4 entries 1 name map',
)

const pin = (name: string): string => `/run/bpf/program/${name}`

/** A broadcast address would be for every host. */
const frameTo = (address: string, bytes: number): string =>
  `${address}020000000001dd07`.padEnd(2 * bytes, '5')
const frame = frameTo('020000000077', 60)

const order = {
  command: 'programCost',
  namespace: '/run/netns/client',
  program: pin('nothing'),
  floor: pin('nothing'),
  type: 'xdp',
  ifindex: 77,
  frame,
  batches: 1,
  runs: 10,
} as const

const tc = { ...order, type: 'tc', program: pin('shows_packet'), floor: pin('nothing_in_tc') } as const

/** A command that is refused, and its answer's message. */
const refused: readonly [what: string, command: object, message: string][] = [
  [
    'a pin that is not there',
    { ...order, program: pin('none') },
    `could not open program ${pin('none')}: No such file or directory`,
  ],
  [
    'a floor that is not there',
    { ...order, floor: pin('none') },
    `could not open program ${pin('none')}: No such file or directory`,
  ],
  [
    'a TC program as XDP',
    { ...order, program: pin('nothing_in_tc') },
    `${pin('nothing_in_tc')} is not an XDP program`,
  ],
  ['an XDP program as TC', { ...tc, floor: pin('nothing') }, `${pin('nothing')} is not a TC program`],
  ['a map', { ...order, program: '/run/bpf/map' }, '/run/bpf/map is not an XDP program'],
  [
    'a device of another namespace',
    { ...order, namespace: null },
    `could not run ${pin('nothing')}: No such device`,
  ],
  [
    'a namespace that is not there',
    { ...order, namespace: '/run/netns/none' },
    'could not open namespace /run/netns/none: No such file or directory',
  ],
  [
    'a program of two ways',
    { ...order, program: pin('alternates') },
    `${pin('alternates')} returned 0 and then 1 on the same frame`,
  ],
  ['an unknown type', { ...order, type: 'lwt' }, 'type is "lwt", expected "xdp" or "tc"'],
  ['no device', { ...order, ifindex: 0 }, 'ifindex is 0, expected 1 to 2147483647'],
  [
    'a frame without a whole header',
    { ...order, frame: '00'.repeat(13) },
    'frame has 26 hexadecimal digits, expected 14 to 2048 bytes of 2',
  ],
  [
    'a frame too long',
    { ...order, frame: '00'.repeat(2049) },
    'frame has 4098 hexadecimal digits, expected 14 to 2048 bytes of 2',
  ],
  [
    'half a byte',
    { ...order, frame: `${frame}0` },
    'frame has 121 hexadecimal digits, expected 14 to 2048 bytes of 2',
  ],
  ['a frame of other digits', { ...order, frame: `${frame}0G` }, 'frame has other than digits from 0 to f'],
  ['no batches', { ...order, batches: 0 }, 'batches is 0, expected 1 to 1000'],
  ['too many runs', { ...order, runs: 10_001 }, 'runs is 10001, expected 1 to 10000'],
]

/** CPUs that the process may use, as the kernel writes them. */
const cpusOf = async (pid: number): Promise<string> =>
  /^Cpus_allowed_list:\s*(.*)$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))![1]!

for (const binary of binaries) {
  test.serial(`${binary}: a program is run on the frame and the device given`, async (t) => {
    const generator = await startGenerator(t, binary, topology)
    const actionOf = async (changes: object): Promise<Answer['action']> => {
      const answer = await generator.ask(changes)
      t.is(answer.event, 'programCost', answer.message)
      return answer.action
    }
    t.is(await actionOf({ ...order, program: pin('shows_frame') }), 77 * 10_000 + 60)
    const longest = { program: pin('shows_frame'), frame: frameTo('020000000077', 2048) }
    t.is(await actionOf({ ...order, ...longest }), 77 * 10_000 + 2048)
    // A TC program sees the frame's device, and from its address whether the frame is for this host.
    t.is(await actionOf(tc), 77 * 10_000 + 60)
    t.is(await actionOf({ ...tc, frame: frameTo('020000000099', 60) }), 3 * 10_000_000 + 77 * 10_000 + 60)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: every run gets the frame afresh`, async (t) => {
    const generator = await startGenerator(t, binary, topology)
    const answer = await generator.ask({ ...order, program: pin('rewrites'), batches: 2, runs: 50 })
    t.like(answer, { event: 'programCost', action: 7 })
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: a batch's figure tells work from none`, async (t) => {
    const generator = await startGenerator(t, binary, topology)
    const { programNs, floorNs } = await generator.ask({
      ...order,
      program: pin('works'),
      batches: 20,
      runs: 100,
    })
    t.is(programNs.length, 20)
    t.is(floorNs.length, 20)
    t.true(programNs.every((programCostNs, batch) => programCostNs > floorNs[batch]!))
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: a cost that cannot be measured says why, and nothing else suffers`, async (t) => {
    const generator = await startGenerator(t, binary, topology)
    for (const [what, command, message] of refused)
      t.like(await generator.ask(command), { event: 'error', command: 'programCost', message }, what)
    await openPath(generator, topology.path)
    const [flood] = await generator.run({ path: 'veth', kind: 'flood', payloadBytes: 64, packets: 100 })
    t.is(flood?.received, 100)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: measuring a cost leaves its thread free to use every CPU again`, async (t) => {
    const generator = await startGenerator(t, binary, topology)
    const before = await cpusOf(generator.pid)
    await openPath(generator, topology.path)
    t.is((await generator.ask(order)).event, 'programCost')
    t.is(await cpusOf(generator.pid), before)
    t.is(await generator.end(), 0)
  })
}
