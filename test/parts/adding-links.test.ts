import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import test, { type ExecutionContext } from 'ava'
import { parse as parseYaml } from 'yaml'
import { inProject } from '../../src/host/project.ts'
import type * as record from '../../src/run/record.ts'
import type * as load from '../../src/scenario/load.ts'
import type * as plan from '../../src/topology/plan.ts'
import { linkKinds } from '../../src/parts/links/links.ts'
import { changed, exampleText } from '../scenario/example.ts'
import { projectWith } from './project-with.ts'
import { queuedLink } from './queued-link.ts'

const kindNames = linkKinds.map(({ name }) => name).join(', ')

/** The example, in which the path `redirect` has a link of the kind that is added. */
const scenario = (link: string, text = exampleText) =>
  changed('title: redirecting\n', `title: redirecting\n    topology: { links: { veth1: ${link} } }\n`, text)

const queuedScenario = scenario('{ kind: queued, queueFrames: 500 }')

/** Calls a function of the changed project, with the catalogue that it has. */
async function inside<Module>(folder: string, file: string): Promise<Module> {
  return (await import(join(folder, 'src', file))) as Module
}

async function pathsOf(t: ExecutionContext, text: string) {
  const { folder } = projectWith(t, queuedLink)
  const { parseScenario } = await inside<typeof load>(folder, 'scenario/load.ts')
  return { folder, scenario: parseScenario(text, inProject('scenarios', 'example.yaml')) }
}

/** What `bench show` says of a scenario that is wrong, a line a problem. */
async function problemsOf(t: ExecutionContext, text: string): Promise<string[]> {
  const { folder, bench } = projectWith(t, queuedLink)
  writeFileSync(join(folder, 'example.yaml'), text)
  const { stderr } = await bench('show', 'example.yaml')
  return stderr.split('\n').flatMap((line) => /example\.yaml:\S+ +(.*)/.exec(line)?.[1] ?? [])
}

test('an editor that follows the schema knows the keys of a kind of link that is added', async (t) => {
  const { bench } = projectWith(t, queuedLink)
  const { stdout } = await bench('schema', 'scenario')
  const isScenario = new Ajv2020({
    strict: false,
    formats: { ipv4: true, ipv6: true, cidrv4: true, cidrv6: true, mac: true },
  }).compile(JSON.parse(stdout) as object)
  const withLink = (keys: string) =>
    parseYaml(
      changed(
        '  links:\n',
        `  links:\n    spare: { ${keys}, ends: [{ namespace: a, device: a }, { namespace: b, device: b }] }\n`,
      ),
    ) as unknown
  t.true(isScenario(withLink('kind: queued, queueFrames: 500')))
  t.false(isScenario(withLink('kind: queued')))
  t.false(isScenario(withLink('kind: queued, queueFrames: 0')))
  t.false(isScenario(withLink('kind: veth, queueFrames: 500')))
  t.true(stdout.includes('How many frames wait at most.'))
})

test('it is shown with its keys, where a path has it', async (t) => {
  const { folder, bench } = projectWith(t, queuedLink)
  writeFileSync(join(folder, 'example.yaml'), queuedScenario)
  const { stdout, stderr } = await bench('show', 'example.yaml')
  for (const line of [
    'netns-1  veth1@1  10.0.2.11/24  ─ queued ─  netns-2  veth1@2  10.0.2.10/24\n',
    'netns-1/veth1@1 is queued, queueFrames 500, queues 2\n',
    'netns-1  veth1@1  10.0.2.11/24  ──  netns-2  veth1@2  10.0.2.10/24\n',
  ])
    t.true(stdout.includes(line), stdout + stderr)
})

test('wrong keys and kinds are told with those that there are', async (t) => {
  t.deepEqual(await problemsOf(t, scenario('{ kind: queud }')), [
    `paths.redirect.topology.links.veth1.kind: expected a kind of link: queued, ${kindNames}, found "queud"`,
  ])
  t.deepEqual(await problemsOf(t, scenario('{ kind: queued, queueFrames: 0, queue: 2 }')), [
    'paths.redirect.topology.links.veth1.queueFrames: expected 1 to 10000 frames, found 0',
    'paths.redirect.topology.links.veth1.queue: unknown key "queue"; did you mean "queues"?',
  ])
  t.deepEqual(await problemsOf(t, scenario('{ queueFrames: 5 }')), [
    'paths.redirect.topology.links.veth1.queueFrames: unknown key "queueFrames" (known here: kind, ends)',
  ])
})

test('a path can give it another kind again: keys that it has by default are not in the way', async (t) => {
  const shared = `    veth1:
      kind: queued
      queueFrames: 500
      ends:
        - { namespace: netns-1, device: veth1@1, addresses: [10.0.2.11/24] }
        - { namespace: netns-2, device: veth1@2, addresses: [10.0.2.10/24] }
`
  const text = exampleText.replace(/ {4}veth1:\n(.*\n){2}/, shared)
  const { scenario: read } = await pathsOf(t, scenario('{ kind: veth, queueFrames: null }', text))
  t.deepEqual(
    read.paths.map(({ topology }) => topology.links.veth1?.kind),
    ['queued', 'veth', 'queued', undefined],
  )
})

test('the lines that make it are its own, and stand among those of the topology', async (t) => {
  const { folder, scenario: read } = await pathsOf(t, queuedScenario)
  const { planTopology } = await inside<typeof plan>(folder, 'topology/plan.ts')
  t.deepEqual(planTopology(read.paths[1]!.topology, (name) => name).createLines.slice(3), [
    'link add index 32 name veth1@1 txqueuelen 500 numtxqueues 2 netns netns-1 type veth peer name veth1@2 txqueuelen 500 numtxqueues 2 netns netns-2',
    'link add index 33 name veth2@1 address 02:00:00:00:00:01 netns netns-2 type veth peer name veth2@2 netns netns-3',
  ])
})

test('a path that has it is skipped where the kernel lacks what it needs, with the reason', async (t) => {
  const { folder, scenario: read } = await pathsOf(t, queuedScenario)
  const { splitPaths } = await inside<typeof record>(folder, 'run/record.ts')
  const { paths, skipped } = splitPaths(read, () => new Map([['veth', 'ip: Unknown device type.']]))
  t.deepEqual([...skipped], [['redirect', 'this kernel lacks veth (ip: Unknown device type.)']])
  t.deepEqual(
    paths.map(({ name }) => name),
    ['stack', 'control', 'floor'],
  )
})
