/** Balancers that lose or corrupt something: whole runs, which must not call them fast. */
import { readFileSync } from 'node:fs'
import type { ExecutionContext } from 'ava'
import type { PathRecord } from '../../src/record/record.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { asRoot } from './as-root.ts'
import { bench, inProject } from './bench-command.ts'
import { keptRun } from './kept-run.ts'
import { type Change, changedText, ownScenario } from './own-scenario.ts'

const bpfSource = (file: string): string => readFileSync(inProject('bpf', file), 'utf8')

/** The balancer's source as it is, with what it chooses backends by. */
const balancer = bpfSource('dsr-balancer.bpf.c').replace(
  '#include "backend-choice.h"\n',
  bpfSource('backend-choice.h').replaceAll('$', '$$$$'),
)

/** The balancer's source with `from` replaced. */
function brokenBalancer(from: string, to: string): string {
  if (!balancer.includes(from)) throw new Error(`the balancer has no "${from}"`)
  return balancer.replace(from, to)
}

const smallLoad: Change = [
  ['load'],
  [
    { kind: 'flood', packets: 800 },
    { kind: 'pingpong', packets: 64 },
    { kind: 'http', requests: 32, connections: 8 },
  ],
]
const others = loadScenario(findScenario('dsr-vs-nat'))
  .paths.filter(({ name }) => name !== 'nat' && name !== 'dsr-tc')
  .map(({ name }): Change => [['paths', name], undefined])

/** Runs nat and dsr-tc, the latter with another balancer; gives the record of dsr-tc, and the exit code. */
async function runWith(
  t: ExecutionContext,
  source: string,
  changes: readonly Change[] = [],
): Promise<{ path: PathRecord; exitCode: number | undefined; stdout: string }> {
  const place = ['paths', 'dsr-tc', 'programs', 0, 'object']
  // The other paths take parts of this one by reference, and are taken away with them.
  const text = changedText('dsr-vs-nat', [...others, smallLoad, [place, 'broken.bpf.c'], ...changes])
  const own = ownScenario(t, text, { 'broken.bpf.c': source })
  const { exitCode, stdout, stderr } = await bench(
    own.runArguments('--rounds', '1', '--blocks', '4', '--no-report'),
    { cwd: own.folder },
  )
  const path = keptRun(own.resultsFolder, { stderr }).paths.find(({ name }) => name === 'dsr-tc')!
  return { path, exitCode, stdout }
}

const begin = 'SEC("xdp")\nint balance(struct xdp_md *context)\n{\n'
const withBegin = (statements: string): string => brokenBalancer(begin, `${begin}${statements}\n`)

const isInvalid = (name: string, source: () => string, reason: RegExp, changes: readonly Change[] = []) => {
  asRoot(`a balancer that ${name} is invalid, and nothing is said of its speed`, async (t) => {
    const { path, exitCode, stdout } = await runWith(t, source(), changes)
    t.is(path.status, 'invalid')
    t.regex(path.reason ?? '', reason)
    t.is(exitCode, 4)
    t.regex(stdout, /^Nothing was concluded: dsr-tc is invalid\.$/m)
    t.notRegex(stdout, /^(faster|slower|equivalent|inconclusive) |dsr-tc \(/m)
  })
}

isInvalid(
  'drops one packet in 64',
  // A probe of 32 packets, five times, may come through.
  () => withBegin('\tif (bpf_get_prandom_u32() % 64 == 0)\n\t\treturn XDP_DROP;'),
  /packets lost in floods: [1-9]|when the path was probed$/,
)

isInvalid(
  'does not update the checksum of what it readdresses',
  () =>
    brokenBalancer(
      'readdress(&packet, data_end, course.address);',
      'update_checksum_for_address(&ip->check, ip->daddr, course.address);\n\tip->daddr = course.address;',
    ),
  /^0 of \d+ requests were answered; 0 of \d+ packets of a flood trial arrived when the path was probed$/,
)

isInvalid(
  'draws a backend anew for every packet',
  // UDP does not mind; TCP would, and is left out.
  () => brokenBalancer('if (is_current(known))\n\t\treturn *known;\n\tchosen.slot', 'chosen.slot'),
  /another server than their flow's first: [1-9]/,
  [
    [['load', 2], undefined],
    [['paths', 'dsr-tc', 'programs', 0, 'maps', 'services', 0, 'value', 'is_random'], 1],
  ],
)

isInvalid(
  'has but one of the backends',
  () => balancer,
  /flows on backend0x: 64, expected \d+ to \d+ \(an even share, as chance allows\)/,
  [[['paths', 'dsr-tc', 'programs', 0, 'maps', 'backends', 1], undefined]],
)

asRoot('the balancer as it is loses nothing, and is measured', async (t) => {
  const { path, exitCode, stdout } = await runWith(t, balancer)
  t.is(path.status, 'measured', path.reason)
  t.is(exitCode, 0)
  t.regex(stdout, /dsr-tc/)
  t.true(path.proof.every(({ holds }) => holds))
  t.deepEqual(
    path.servers?.map(({ namespace, httpConnections }) => [namespace, httpConnections! > 0]),
    [
      ['backend0x', true],
      ['backend0y', true],
    ],
  )
})
