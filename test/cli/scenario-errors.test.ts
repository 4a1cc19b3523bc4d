import { listScenarios } from '../../src/scenario/find.ts'
import test, { type ExecutionContext } from 'ava'
import { bench } from '../netns/bench-command.ts'
import { type Change, changedScenario, ownScenario } from '../netns/own-scenario.ts'

/** `bench show` reads and checks a scenario as `run` does, and needs no root for it. */
async function show(t: ExecutionContext, text: string) {
  const own = ownScenario(t, text)
  const { exitCode, stdout, stderr } = await bench(['show', own.file])
  t.is(exitCode, 2)
  t.is(stdout, '')
  return { stderr, file: own.file }
}

/** The line of a text on which `words` stand first. */
const lineOf = (text: string, words: string): number => text.slice(0, text.indexOf(words)).split('\n').length

test('a scenario that there is not is a usage error, and the nearest is offered', async (t) => {
  const { exitCode, stderr } = await bench(['show', 'redirect-vs-stak'])
  t.is(exitCode, 2)
  t.is(
    stderr,
    `Could not find scenario "redirect-vs-stak"; did you mean "redirect-vs-stack"?\nHint: there are: ${listScenarios().join(', ')}; or name a file, as in ./my-path.yaml\n`,
  )
})

test('a scenario file that there is not is a usage error', async (t) => {
  const { exitCode, stderr } = await bench(['show', '/tmp/no-such-folder/own.yaml'])
  t.is(exitCode, 2)
  t.regex(stderr, /^Could not find scenario file \/tmp\/no-such-folder\/own\.yaml\n/)
})

test('broken YAML is told with its line', async (t) => {
  const { stderr, file } = await show(t, 'name: own\ntitle: [unclosed\npaths: {}\n')
  t.regex(stderr, new RegExp(String.raw`^Could not use scenario ${file}: .*\n {2}${file}:3:\d+: `))
})

interface Wrong {
  readonly what: string
  readonly changes: readonly Change[]
  /** What is said, with the place in the file before it. */
  readonly said: string
  /** Words of the line that is named. */
  readonly at: string
}

const wrongFiles: readonly Wrong[] = [
  {
    what: 'an unknown key',
    changes: [[['client', 'namspace'], 'netns-1']],
    said: 'client.namspace: unknown key "namspace"; did you mean "namespace"?',
    at: 'namspace',
  },
  {
    what: "a server's address that is not on a link",
    changes: [[['server', 'address'], '10.10.3.21']],
    said: 'server.address: 10.10.3.21 is not an address of netns-3 (there: 10.10.3.11, 10.10.3.20)',
    at: 'address: 10.10.3.21',
  },
  {
    what: 'a gateway that is not on a link',
    changes: [[['topology', 'namespaces', 'netns-1', 'routes', 0, 'via'], '10.10.9.10']],
    said: 'topology.namespaces.netns-1.routes[0].via: 10.10.9.10 is not on a link of netns-1',
    at: 'via: 10.10.9.10',
  },
  {
    what: 'a second device of the same name in a namespace',
    changes: [[['topology', 'links', 'veth2', 0, 'device'], 'veth1@2']],
    said: 'topology.links.veth2[0].device: a second device "veth1@2" in netns-2',
    at: 'device: veth1@2, addresses: [ 10.10.3.10/24',
  },
  {
    what: 'a device name of more than 15 characters',
    changes: [[['topology', 'links', 'veth1', 0, 'device'], 'veth-to-the-east']],
    said: 'expected a device name of at most 15 characters',
    at: 'veth-to-the-east',
  },
  {
    what: 'a value out of range',
    changes: [[['server', 'port'], 70_000]],
    said: 'server.port: expected a port, 1 to 65535, found 70000',
    at: 'port: 70000',
  },
  {
    what: 'a payload that is too small',
    changes: [[['load', 0, 'payloadBytes'], 8]],
    said: 'load[0].payloadBytes: expected a payload of at least 32 bytes',
    at: 'payloadBytes: 8',
  },
  {
    what: 'an object file that there is not',
    changes: [[['paths', 'redirect', 'programs', 0, 'object'], 'redirekt.bpf.c']],
    said: 'paths.redirect.programs[0].object: no file "redirekt.bpf.c"',
    at: 'object: redirekt.bpf.c',
  },
]

for (const { what, changes, said, at } of wrongFiles)
  test(`${what} is told, with its line`, async (t) => {
    const text = changedScenario(changes)
    const { stderr, file } = await show(t, text)
    t.true(stderr.includes(said), stderr)
    t.regex(stderr, new RegExp(String.raw`^ {2}${file}:${lineOf(text, at)}:\d+ `, 'm'))
  })

test('every problem of a file is told at once', async (t) => {
  const { stderr } = await show(
    t,
    changedScenario([
      [['server', 'port'], 0],
      [['client', 'namspace'], 'netns-1'],
      [['load', 1, 'kind'], 'ping'],
    ]),
  )
  t.regex(stderr, /: 3 problems\n/)
  for (const place of ['server.port', 'client.namspace', 'load[1]']) t.true(stderr.includes(place), stderr)
})

for (const [option, value, said] of [
  ['--rounds', '0', /--rounds/],
  ['--payload', '9000', /--payload.*32.*1472/],
  ['--margin', 'wide', /--margin/],
  ['--receiver', 'sleepy', /--receiver.*spinning.*blocking/],
  ['--rouns', '1', /--rouns.*\n.*--rounds/],
] as const)
  test(`${option} ${value} is a usage error`, async (t) => {
    const { exitCode, stdout, stderr } = await bench(['run', 'redirect-vs-stack', option, value])
    t.is(exitCode, 2)
    t.is(stdout, '')
    t.regex(stderr, said)
  })
