import { readFileSync, writeFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, startBench } from './bench-command.ts'
import { comesTrue } from './comes-true.ts'
import { existingPath } from './existing-path.ts'
import { captured, device, measured, nop, redirect, runWords, services, state } from './existing-scenario.ts'

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

asRoot('what HTTP brings is compared while the path is up that brought it', async (t) => {
  const there = await existingPath(t)
  const spoilt = `table ip of_spoils { chain c { type filter hook forward priority 0; tcp sport 80 meta length 600-65535 @th,4160,8 set 0x23; }; }`
  const file = await captured(t, there, {
    spoils: { topology: { namespaces: { router: { nftables: spoilt } } } },
  })
  const document = parseDocument(readFileSync(file, 'utf8'))
  document.setIn(['load'], document.createNode([{ kind: 'http', requests: 33, connections: 8 }]))
  writeFileSync(file, document.toString())
  // In some blocks it is the last that is up, in some it is not.
  const paths = await measured(t, 4, file, '--blocks', '4')
  t.deepEqual(
    paths.map(({ name, status }) => [name, status]),
    [
      ['as-it-is', 'measured'],
      ['control', 'measured'],
      ['spoils', 'invalid'],
    ],
  )
  t.regex(paths.at(-1)?.reason ?? '', /HTTP answers that came with other content than the server sent: [1-9]/)
})

asRoot('a path that cannot be brought up twice is told why, not that it lies', async (t) => {
  const there = await existingPath(t)
  const file = await captured(t, there, {
    once: {
      setup: [{ namespace: 'router', run: 'ip rule add pref 77 lookup main' }],
      proof: [{ counter: 'server/Udp.InDatagrams', equals: 'requests' }],
    },
  })
  const paths = await measured(t, 4, file)
  const { status, reason = '' } = paths.find(({ name }) => name === 'once')!
  t.is(status, 'invalid')
  t.regex(reason, /File exists/)
  t.notRegex(reason, /did not go the way/)
})
