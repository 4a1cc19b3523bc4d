import { mkdirSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'
import { bench } from '../netns/bench-command.ts'
import { ownProgramScenario, source } from '../netns/own-program.ts'
import { type Change, ownScenario } from '../netns/own-scenario.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

const program = ['paths', 'redirect', 'programs', 0] as const
const entry = [...program, 'maps', 'services', 0] as const

/** Shows a scenario with a program of its own, `mine.bpf.c`. */
const show = (t: ExecutionContext, text: string, mine = source, environment = {}) =>
  bench(['show', ownScenario(t, text, { 'mine.bpf.c': mine }).file], { environment })

/** What is said of each place, without the file's name; lines of tools, which have no place, as they are. */
const saidIn = (stderr: string): string[] =>
  stderr
    .split('\n')
    .slice(1)
    .flatMap((line) => (line.startsWith('  ') ? [line.trim().replace(/^\S+own\.yaml:\d+:\d+ +/, '')] : []))

const mistakes: readonly Change[] = [
  [[...program, 'program'], 'redirekt'],
  [[...entry, 'key', 'adress'], '10.0.0.1'],
  [[...program, 'constants'], { no_such: 1 }],
  [['paths', 'redirect', 'maps'], {}],
  [
    ['gates'],
    [
      'valid',
      'redirekt.throughputPps.ratio >= 1',
      'redirect.thruputPps >= 1',
      'redirect.httpRps >= 1kreq/s',
      'fast',
    ],
  ],
]

test('mistakes of the file, its programs and its gates are told at once, each once, in the order of lines', async (t) => {
  const wrongServer: Change = [['server', 'address'], '10.10.3.21']
  const { exitCode, stdout, stderr } = await show(
    t,
    ownProgramScenario([wrongServer, ...mistakes.filter(([place]) => place.at(-1) !== 'maps')]),
  )
  t.is(exitCode, 2)
  t.is(stdout, '')
  t.deepEqual(
    saidIn(stderr).map((line) => line.replace(/; did you mean .*| \(there: .*/, '')),
    [
      'server.address: 10.10.3.21 is not an address of netns-3',
      'paths.redirect.programs[0].program: no program "redirekt" in mine.bpf.c',
      'paths.redirect.programs[0].maps.services[0].key.adress: no field "adress" in struct service_key',
      'paths.redirect.programs[0].constants.no_such: no global variable "no_such" in mine.bpf.c',
      'paths.redirect.way[3]: no namespace, NAMESPACE/DEVICE or program "redirect" on this path',
      'paths.redirect.proof[3].program: no program "redirect" on this path',
      'gates: "redirekt.throughputPps.ratio >= 1": redirect-vs-stack has no path "redirekt"',
      'gates: "redirect.thruputPps >= 1": there is no metric "thruputPps"',
      'gates: "redirect.httpRps >= 1kreq/s": httpRps comes from trials of kind http, and the run has none',
      'gates: "fast": expected "valid", "regression" or a figure such as redirect.throughputPps.ratio, not "fast"',
    ],
  )
})

test('a path of the wrong shape is told with all else, and gates may still name it', async (t) => {
  const changes = mistakes.filter(([place]) => place.at(-1) === 'maps' || place[0] === 'gates')
  const { exitCode, stderr } = await show(t, ownProgramScenario(changes))
  t.is(exitCode, 2)
  const said = saidIn(stderr)
  t.is(said.length, 5)
  t.regex(said[0]!, /^paths\.redirect\.maps: unknown key "maps"/)
  t.true(said.every((line) => !line.includes('has no path "redirect"')))
})

test("a program that does not compile is a mistake of the scenario, told in the compiler's words", async (t) => {
  const { exitCode, stderr } = await show(
    t,
    ownProgramScenario(),
    source.replace('return bpf_redirect(', 'return no_such + bpf_redirect('),
  )
  t.is(exitCode, 2)
  t.regex(
    stderr,
    /own\.yaml: a problem\n {2}\S+own\.yaml:\d+:\d+ {2}paths\.redirect\.programs\[0\]\.object: Could not compile \S+mine\.bpf\.c:\n {2}\S+mine\.bpf\.c:\d+:\d+: .*no_such/,
  )
})

test('what was looked at stands at the end, with what the compiler warns of', async (t) => {
  const gates: Change = [['gates'], ['valid', 'redirect.costNs <= 900us']]
  const { exitCode, stdout } = await show(
    t,
    ownProgramScenario([gates]),
    source.replace('if (!hop)', '__u32 idle;\n\n\tif (!hop)'),
  )
  t.is(exitCode, 0)
  const [, checked = ''] = stdout.split('\nChecked\n\n')
  const lines = checked.split('\n')
  t.deepEqual(lines.slice(0, 2), [
    '1 object: built; programs, maps, fields and constants are there',
    '2 gates: paths and metrics are there',
  ])
  t.regex(lines[2]!, /^warning {2}the compiler warns of \S+mine\.bpf\.c: .*unused variable 'idle'/)
})

/** A PATH with what a compiler is called by, and no compiler, nor nft. */
async function pathWithoutTools(t: ExecutionContext): Promise<string> {
  const folder = join(temporaryFolder(t), 'bin')
  mkdirSync(folder)
  const names = 'sh dirname basename uname mktemp mkdir rm cat sha256sum unshare bpftool'
  const { stdout } = await execa('sh', ['-c', `for name in ${names}; do command -v "$name"; done`])
  for (const tool of stdout.split('\n').filter((one) => one.startsWith('/')))
    symlinkSync(tool, join(folder, basename(tool)))
  return folder
}

test('without a compiler and nft the rest is looked at, and it is said what was not', async (t) => {
  const rules: Change = [
    ['topology', 'namespaces', 'netns-2', 'nftables'],
    'table ip t { chain c { type filter hook forward priority 0; } }',
  ]
  const environment = { PATH: await pathWithoutTools(t) }
  const { exitCode, stdout, stderr } = await show(t, ownProgramScenario([rules]), source, environment)
  t.is(exitCode, 0, stderr)
  t.regex(
    stdout,
    /\nChecked\n\nthe file itself\nnot checked {2}Could not compile \S+mine\.bpf\.c: clang is not installed\nnot checked {2}rules of nftables: nft is not installed\n$/,
  )
  const wrong = await show(t, ownProgramScenario([rules, [['gates'], ['fast']]]), source, environment)
  t.is(wrong.exitCode, 2)
  t.is(saidIn(wrong.stderr).length, 1)
})

test('of an object that cannot be used it is said what to do instead', async (t) => {
  const text = ownProgramScenario([[[...program, 'object'], 'mine.bpf.o']])
  const { exitCode, stderr } = await bench(['show', ownScenario(t, text, { 'mine.bpf.o': 'none' }).file])
  t.is(exitCode, 2)
  t.regex(
    stderr,
    /mine\.bpf\.o: it is not a BPF object .* \(compile it with clang .*, or name its source\)$/m,
  )
})
