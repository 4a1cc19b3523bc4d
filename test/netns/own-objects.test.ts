import { readFileSync } from 'node:fs'
import type { ExecutionContext } from 'ava'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, type Ended } from './bench-command.ts'
import { keptRun } from './kept-run.ts'
import { type Change, changedText, ownScenario } from './own-scenario.ts'
import { kfuncSource, sectionsSource, sharerSource, targetsSource } from './own-objects.ts'

const sources = {
  'targets.bpf.c': targetsSource,
  'front.bpf.c': sharerSource('front'),
  'back.bpf.c': sharerSource('back'),
  'sections.bpf.c': sectionsSource,
  'kfunc.bpf.c': kfuncSource,
}

const incoming = { namespace: 'netns-2', device: 'veth1@2' }
const arrived = { counter: 'netns-3/Udp.InDatagrams', equals: 'requests' }
const atLeastRequests = (counter: string) => ({ counter: `netns-2/${counter}`, atLeast: 'requests' })

const candidate = (title: string, rest: object) => ({ role: 'candidate', title, ...rest })

/** Runs redirect-vs-stack with `paths` instead of its candidate. */
async function runPaths(
  t: ExecutionContext,
  paths: Readonly<Record<string, object>>,
): Promise<Ended & { readonly record: RunRecord }> {
  const changes: Change[] = [
    [['load'], [{ kind: 'flood', packets: 100 }]],
    [['paths', 'redirect'], undefined],
    ...Object.entries(paths).map(([name, path]): Change => [['paths', name], path]),
  ]
  const own = ownScenario(t, changedText('redirect-vs-stack', changes), sources)
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '1', '--no-report'), {
    cwd: own.folder,
  })
  return { ...ended, record: keptRun(own.resultsFolder, ended) }
}

const reasonsOf = ({ paths }: RunRecord): Record<string, string | undefined> =>
  Object.fromEntries(paths.map(({ name, status, reason }) => [name, status === 'measured' ? '' : reason]))

asRoot(
  'entries of device and CPU maps have programs of their own, which packets meet on the way there',
  async (t) => {
    const program = { ...incoming, object: 'targets.bpf.c', hook: 'xdp/generic' }
    const { exitCode, record, stderr } = await runPaths(t, {
      'to-device': candidate('by a device map', {
        programs: [
          {
            ...program,
            program: 'to_device',
            maps: {
              devices: [{ key: 5, value: { ifindex: 'ifindex(veth2@1)', program: 'leaving' } }],
              addresses: [{ key: 0, value: ['mac(veth2@1)', 'mac(netns-3/veth2@2)'] }],
            },
          },
        ],
        proof: [arrived, atLeastRequests('map.met(0)')],
      }),
      'to-cpu': candidate('by a CPU map', {
        programs: [
          {
            ...program,
            program: 'to_cpu',
            maps: { cpus: [{ key: 0, value: { qsize: 512, program: 'there' } }] },
          },
        ],
        proof: [arrived, atLeastRequests('map.met(1)')],
      }),
    })
    t.deepEqual(reasonsOf(record), { stack: '', control: '', floor: '', 'to-device': '', 'to-cpu': '' })
    t.is(exitCode, 0, stderr)
  },
)

asRoot('objects of a path share the maps that it says they do, and no others', async (t) => {
  const programs = [
    {
      ...incoming,
      object: 'front.bpf.c',
      program: 'front',
      hook: 'tc/ingress',
      maps: { packets: [{ key: 1, value: 5 }] },
    },
    { ...incoming, object: 'back.bpf.c', program: 'back', hook: 'tc/ingress' },
  ]
  const { exitCode, record, stderr } = await runPaths(t, {
    shared: candidate('one map', {
      programs,
      sharedMaps: ['packets'],
      // Each of the two adds one for every packet.
      proof: [arrived, { counter: 'netns-2/map.packets(0)', atLeast: 'requests + requests' }],
    }),
    apart: candidate('two maps', {
      programs: [programs[0], { ...programs[1], namespace: 'netns-3', device: 'veth2@2' }],
      proof: [
        arrived,
        { counter: 'netns-2/map.packets(0)', atLeast: 'requests' },
        { counter: 'netns-3/map.packets(1)', equals: 0 },
      ],
    }),
  })
  t.deepEqual(reasonsOf(record), { stack: '', control: '', floor: '', shared: '', apart: '' })
  t.is(exitCode, 0, stderr)
})

/** Kernels lend more functions from version to version. */
const hasKernelFunction = (name: string): boolean =>
  readFileSync('/proc/kallsyms', 'utf8').includes(` ${name}\n`)

const kfunc = candidate('a function of the kernel', {
  programs: [{ ...incoming, object: 'kfunc.bpf.c', program: 'with_kfunc', hook: 'xdp/generic' }],
  proof: [arrived, atLeastRequests('map.cookies(0)')],
})

asRoot('sections of every form are taken, and functions that programs share', async (t) => {
  const program = (name: string, hook: string) =>
    candidate(name, {
      programs: [{ ...incoming, object: 'sections.bpf.c', program: name, hook }],
      proof: [arrived, { program: name, atLeast: 'requests' }],
    })
  const { exitCode, record, stderr } = await runPaths(t, {
    optional: program('optional', 'tc/ingress'),
    classifier: program('of_old', 'tc/ingress'),
    tcx: program('tcx', 'tc/ingress'),
    'own-tc': program('own_tc', 'tc/ingress'),
    'own-xdp': program('own_xdp', 'xdp/generic'),
    fragments: program('fragments', 'xdp/generic'),
    ...(hasKernelFunction('bpf_cast_to_kern_ctx') ? { kfunc } : {}),
  })
  for (const [name, reason] of Object.entries(reasonsOf(record))) t.is(reason, '', name)
  t.is(exitCode, 0, stderr)
})

asRoot('a program that cannot be used costs its path, with what to do instead', async (t) => {
  const attached = (name: string, hook: string, rest: object = {}) =>
    candidate(name, { programs: [{ ...incoming, object: 'targets.bpf.c', program: name, hook, ...rest }] })
  const filled = (map: string, value: object, program = 'to_device') =>
    attached(program, 'xdp/generic', { maps: { [map]: [{ key: 0, value }] } })
  const device = { ifindex: 'ifindex(veth2@1)' }
  const { exitCode, record, stdout } = await runPaths(t, {
    extension: attached('extension', 'xdp/generic'),
    kprobe: attached('kprobe', 'tc/ingress'),
    entry: attached('for_devices', 'xdp/generic'),
    both: filled('devices', { ...device, program: 'to_device' }),
    other: filled('cpus', { qsize: 8, program: 'for_devices' }, 'to_cpu'),
    tc: filled('devices', { ...device, program: 'of_tc' }),
  })
  t.is(exitCode, 4)
  const reasons = reasonsOf(record)
  t.is(reasons.stack, '')
  t.regex(
    reasons.extension ?? '',
    /of none of the types that hooks take by its section, SEC\("freplace\/x"\); its hook takes XDP programs/,
  )
  t.regex(reasons.kprobe ?? '', /of none of the types that hooks take by its section/)
  t.regex(
    reasons.entry ?? '',
    /for_devices is a program for entries of a device map; the kernel attaches none of these to a device/,
  )
  t.regex(reasons.both ?? '', /to_device is a program for entries of a device map; the kernel attaches none/)
  t.regex(
    reasons.other ?? '',
    /for_devices is a program for entries of a device map, and map cpus is a CPU map/,
  )
  t.regex(
    reasons.tc ?? '',
    /of_tc is a TC program by its section, SEC\("tc"\); a device map takes XDP programs/,
  )
  t.regex(stdout, /^extension +invalid/m)
})
