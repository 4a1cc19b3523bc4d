import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { parseDocument } from 'yaml'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, inProject, startBench } from './bench-command.ts'
import { comesTrue } from './comes-true.ts'
import { type ExistingPath, existingPath } from './existing-path.ts'
import { temporaryFolder } from './temporary-folder.ts'

const nop = inProject('build', 'bpf', 'nop.bpf.o')
const device = 'to-client'
const redirect = `redirect.bpf.c:redirect@router/${device}:tc/ingress`
const services = `services={ key: { address: 10.77.2.2, port: 7000 }, value: { ifindex: ifindex(to-server), source_mac: mac(to-server), destination_mac: mac(server/eth0) } }`

/** The scenario that `bench capture` writes, with small trials, and `paths` beside its own. */
async function captured(
  t: ExecutionContext,
  { names }: ExistingPath,
  paths: Readonly<Record<string, object>> = {},
): Promise<string> {
  const file = join(temporaryFolder(t), 'there.yaml')
  const { client, router, server } = names
  const places = ['--client', client, '--through', router, '--server', server]
  const ended = await bench(['capture', ...places, '--output', file])
  t.is(ended.exitCode, 0, ended.stderr)
  const document = parseDocument(readFileSync(file, 'utf8'))
  const load = [
    { kind: 'flood', packets: 200 },
    { kind: 'pingpong', packets: 50 },
    { kind: 'paced', packets: 100 },
  ]
  document.setIn(['load'], document.createNode(load))
  for (const [name, path] of Object.entries(paths))
    document.setIn(['paths', name], document.createNode({ role: 'candidate', title: name, ...path }))
  writeFileSync(file, document.toString())
  return file
}

const runWords = (file: string, ...more: readonly string[]): string[] => [
  ...['run', file, '--rounds', '2', '--blocks', '2', '--json', '--quiet', '--no-report'],
  ...['--results', join(file, '..', 'results'), ...more],
]

async function measured(
  t: ExecutionContext,
  exitCode: number,
  file: string,
  ...more: readonly string[]
): Promise<RunRecord['paths']> {
  const ended = await bench(runWords(file, ...more))
  t.is(ended.exitCode, exitCode, ended.stderr)
  const { paths, settings } = JSON.parse(ended.stdout) as RunRecord
  t.is(settings.place, 'existing')
  return paths
}

/** All that a run might leave in the router: programs, filters, qdiscs, rules, addresses, routes and links. */
async function state({ run }: ExistingPath): Promise<string> {
  const looks = [
    ['tc', 'qdisc', 'show', 'dev', device],
    ['tc', 'filter', 'show', 'dev', device, 'ingress'],
    ['nft', 'list', 'ruleset'],
    ['ip', '-details', 'link', 'show'],
    ['ip', 'address', 'show'],
    ['ip', 'route', 'show'],
    ['sysctl', 'net.ipv4.ip_forward', `net.ipv4.conf.${device}.rp_filter`],
    [inProject('build', 'bpfload'), 'programs', device, '46'],
  ]
  const said: string[] = []
  for (const look of looks) said.push(await run('router', look))
  // A carrier comes a moment after both ends are up.
  return said.join('\n').replaceAll(/qlen \d+|NO-CARRIER,|state \w+| linkdown/g, '')
}

asRoot(
  'what is there already is measured as it stands, and a program beside it, which leaves nothing',
  async (t) => {
    const there = await existingPath(t)
    const file = await captured(t, there)
    const before = await state(there)
    const alone = await measured(t, 0, file)
    t.deepEqual(
      alone.map(({ name, status }) => [name, status]),
      [
        ['as-it-is', 'measured'],
        ['control', 'measured'],
      ],
    )
    const paths = await measured(t, 0, file, '--with', `mine=${redirect}`, '--map', services)
    const mine = paths.find(({ name }) => name === 'mine')
    t.is(mine?.status, 'measured')
    t.true(
      mine?.proof.some(
        ({ what, observed }) => what === 'runs of redirect while probing' && Number(observed) >= 96,
      ),
    )
    t.is(await state(there), before)
  },
)

asRoot(
  'programs and filters of others stay where they are, and run for paths that attach none',
  async (t) => {
    const there = await existingPath(t)
    await there.run('router', ['tc', 'qdisc', 'add', 'dev', device, 'clsact'])
    // The first place is taken: none is before it.
    const filter = ['tc', 'filter', 'add', 'dev', device, 'ingress', 'pref', '1', 'bpf', 'da', 'obj', nop]
    await there.run('router', [...filter, 'sec', 'tc'])
    await there.run('router', ['ip', 'link', 'set', 'dev', device, 'xdpgeneric', 'obj', nop, 'sec', 'xdp'])
    const before = await state(there)
    const at = { namespace: 'router', device, object: 'nop.bpf.c' }
    const file = await captured(t, there, {
      tc: {
        programs: [{ ...at, program: 'nop_tc', hook: 'tc/ingress' }],
        proof: [{ program: 'nop_tc', atLeast: 'requests' }],
      },
      xdp: { programs: [{ ...at, program: 'nop_xdp', hook: 'xdp/generic' }] },
    })
    const paths = await measured(t, 4, file)
    t.deepEqual(
      paths.map(({ name, status }) => [name, status]),
      [
        ['as-it-is', 'measured'],
        ['control', 'measured'],
        ['tc', 'measured'],
        ['xdp', 'invalid'],
      ],
    )
    t.regex(
      paths.at(-1)?.reason ?? '',
      /^Could not attach nop_xdp at xdp\/generic of to-client in router of path "xdp": .*busy/i,
    )
    t.is(await state(there), before)
  },
)

const nopAtRouter = {
  namespace: 'router',
  device,
  object: 'nop.bpf.c',
  program: 'nop_tc',
  hook: 'tc/ingress',
}

/** Rules that count what comes by, in a table of this name. */
const countingTable = (name: string) => `table inet ${name} {
  counter ${name}_passed { }
  chain passing { type filter hook forward priority 0; counter name ${name}_passed; }
}
`
const withRules = (table: string) => ({ namespaces: { router: { nftables: countingTable(table) } } })

/** A path that changes a device of the router's and changes it back, with rules and a program beside. */
const marked = {
  topology: withRules('of_the_path'),
  setup: [{ namespace: 'router', run: `ip link set ${device} alias marked` }],
  programs: [nopAtRouter],
  teardown: [{ namespace: 'router', run: `ip link set ${device} alias ""` }],
}

asRoot('TCP goes over what is there, on connections of the path that is up', async (t) => {
  const there = await existingPath(t)
  const file = await captured(t, there)
  const document = parseDocument(readFileSync(file, 'utf8'))
  document.setIn(
    ['loads', 'tcp'],
    document.createNode([
      { kind: 'tcp-rr', transactions: 50, connections: 2 },
      { kind: 'tcp-stream', bytes: 1_000_000 },
      { kind: 'tcp-crr', transactions: 20 },
    ]),
  )
  writeFileSync(file, document.toString())
  const before = await state(there)
  // This one lets no connection be made.
  document.setIn(
    ['paths', 'closed'],
    document.createNode({
      role: 'candidate',
      title: 'closed to TCP',
      topology: {
        namespaces: {
          router: {
            nftables:
              'table ip closed {\n chain in {\n  type filter hook forward priority 0\n  meta l4proto tcp drop\n }\n}\n',
          },
        },
      },
    }),
  )
  writeFileSync(file, document.toString())
  const words = ['--load', 'tcp', '--with', `mine=${redirect}`, '--map', services]
  const ended = await bench(runWords(file, ...words))
  t.is(ended.exitCode, 4, ended.stderr)
  const { paths, estimates } = JSON.parse(ended.stdout) as RunRecord
  t.deepEqual(
    paths.map(({ name, status }) => [name, status]),
    [
      ['as-it-is', 'measured'],
      ['control', 'measured'],
      ['closed', 'invalid'],
      ['mine', 'measured'],
    ],
    JSON.stringify(paths),
  )
  t.regex(paths[2]?.reason ?? '', /0 of \d+ TCP connections were established/)
  t.deepEqual(
    ['tcpRrTps', 'tcpStreamBps', 'tcpCrrTps'].filter(
      (metric) => !estimates.some((one) => one.path === 'mine' && one.metric === metric),
    ),
    [],
  )
  t.is(await state(there), before)
})

asRoot('what a path has changed is changed back, also when the run is killed', async (t) => {
  const there = await existingPath(t)
  const before = await state(there)
  const isMarked = async () =>
    (await there.run('router', ['ip', 'link', 'show', 'dev', device])).includes('alias marked')
  const file = await captured(t, there, { mine: marked })
  t.is((await measured(t, 0, file)).at(-1)?.status, 'measured')
  t.is(await state(there), before)

  const started = startBench(runWords(file, '--rounds', '1000'))
  t.true(await comesTrue(isMarked))
  started.kill('SIGKILL')
  await started
  t.true(await comesTrue(async () => (await state(there)) === before))
})

asRoot(
  'rules go in tables of their own beside those of others, and programs are measured by themselves',
  async (t) => {
    const there = await existingPath(t)
    await there.run('router', ['nft', countingTable('others')])
    const before = await state(there)
    const sample = { source: '10.77.1.2:40000', destination: '10.77.2.2:7000' }
    const counter = 'router/nft.of_the_path_passed'
    const file = await captured(t, there, {
      ruled: { topology: withRules('of_the_path'), proof: [{ counter, atLeast: 'requests + replies' }] },
      taken: { topology: withRules('others') },
      sampled: { programs: [{ ...nopAtRouter, sample }] },
    })
    const [ruled, taken, sampled] = (await measured(t, 4, file)).slice(2)
    t.deepEqual([ruled?.status, ruled?.reason], ['measured', undefined])
    t.is(
      taken?.reason,
      'Could not load the nftables rules of router of path "taken": table inet others is there already (the rules of a path want tables of their own: give them other names)',
    )
    t.is(sampled?.status, 'measured')
    // Counters of others' rules count on, and say so.
    const withoutCounts = (text: string) => text.replaceAll(/packets \d+ bytes \d+/g, '')
    t.is(withoutCounts(await state(there)), withoutCounts(before))
  },
)

asRoot('an agent that ends, and a program that was there before, are no path of their own', async (t) => {
  const there = await existingPath(t)
  await there.run('router', ['tc', 'qdisc', 'add', 'dev', device, 'clsact'])
  await there.run('router', [
    'tc',
    'filter',
    'add',
    'dev',
    device,
    'ingress',
    'bpf',
    'da',
    'obj',
    nop,
    'sec',
    'tc',
  ])
  const file = await captured(t, there, {
    typo: { agent: { namespace: 'router', run: './my-agnet' } },
    others: {
      setup: [{ namespace: 'router', run: 'true' }],
      programs: [{ program: 'nop_tc', hook: 'tc/ingress', namespace: 'router', device }],
    },
  })
  const [typo, others] = (await measured(t, 4, file)).slice(2)
  t.regex(typo?.reason ?? '', /"\.\/my-agnet" in router ended with 127: .*not found$/)
  t.regex(others?.reason ?? '', /^Could not find program "nop_tc" .* \(none is there\)/)
})

asRoot(
  'a path that cannot be taken away ends the run: what follows would be measured on what it left',
  async (t) => {
    const there = await existingPath(t)
    const file = await captured(t, there, {
      stuck: { teardown: [{ namespace: 'router', run: 'echo stuck; exit 3' }] },
    })
    const ended = await bench(runWords(file))
    t.is(ended.exitCode, 4)
    t.regex(ended.stderr, /^Could not go on: path "stuck" is not taken away\. .* ended with 3: stuck/m)
  },
)

asRoot('bench exec brings a path up on what is there, and takes it away', async (t) => {
  const there = await existingPath(t)
  const before = await state(there)
  const file = await captured(t, there)
  const look = ['tc', 'filter', 'show', 'dev', device, 'ingress']
  const changes = ['--with', `mine=${redirect}`, '--map', services]
  const ended = await bench(['exec', file, ...changes, '--path', 'mine', '--in', 'router', '--', ...look])
  t.is(ended.exitCode, 0, ended.stderr)
  t.regex(ended.stdout, /^filter protocol all pref 1 bpf .*direct-action.* name redirect/m)
  t.is(await state(there), before)
})

/** A process in a namespace, for as long as the test takes. */
async function processIn(t: ExecutionContext, namespace: string): Promise<number> {
  const child = execa('ip', ['netns', 'exec', namespace, 'sleep', '1000'], { reject: false })
  t.teardown(() => child.kill('SIGKILL'))
  // ip(8) becomes the command once it is in the namespace.
  const isThere = () => readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').startsWith('sleep')
  t.true(await comesTrue(isThere))
  return child.pid ?? 0
}

asRoot(
  'namespaces are named by a process that is in them, or by a container, whose tool tells its process',
  async (t) => {
    const there = await existingPath(t)
    const { client, router, server } = there.names
    const folder = temporaryFolder(t)
    // What the real ones print; this machine has no container.
    const docker = `#!/bin/sh\n[ "$4" = web ] && echo ${await processIn(t, server)}\n`
    writeFileSync(join(folder, 'docker'), docker, { mode: 0o755 })
    const environment = { PATH: `${folder}:${process.env.PATH ?? ''}` }
    const file = join(folder, 'there.yaml')
    const places = [
      '--client',
      `pid:${await processIn(t, client)}`,
      '--through',
      router,
      '--server',
      'container:web',
    ]
    const found = await bench(['capture', ...places, '--output', file], { environment })
    t.is(found.exitCode, 0, found.stderr)
    const { exitCode, stdout, stderr } = await bench(runWords(file), { environment })
    t.is(exitCode, 0, stderr)
    const { paths } = JSON.parse(stdout) as RunRecord
    t.deepEqual(
      paths.map(({ status }) => status),
      ['measured', 'measured'],
    )
  },
)

asRoot('a namespace that is not there is told, and nothing else is', async (t) => {
  const there = await existingPath(t)
  const file = await captured(t, there)
  writeFileSync(file, readFileSync(file, 'utf8').replace(there.names.router, 'not-there'))
  const ended = await bench(runWords(file))
  t.is(ended.exitCode, 4)
  t.regex(ended.stderr, /^Could not reach namespace router, \/run\/netns\/not-there: .*No such file/m)
})

asRoot('a port that somebody else has there is told with what to do', async (t) => {
  const there = await existingPath(t)
  const file = await captured(t, there)
  const taken = `require('node:dgram').createSocket('udp4').bind(7000, '10.77.2.2', () => console.log('up'))`
  const other = execa('ip', ['netns', 'exec', there.names.server, process.execPath, '-e', taken], {
    reject: false,
  })
  t.teardown(() => other.kill('SIGKILL'))
  await new Promise((resolve) => other.stdout.once('data', resolve))
  const { exitCode, stderr } = await bench(runWords(file))
  t.is(exitCode, 4, stderr)
  t.regex(stderr, /10\.77\.2\.2:7000.*: Address already in use\nHint: end what has this port there/)
})
