import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test from 'ava'
import type * as attach from '../../src/datapath/attach.ts'
import { inProject } from '../../src/host/project.ts'
import { hooks } from '../../src/parts/hooks/hooks.ts'
import { needs } from '../../src/parts/needs/needs.ts'
import type * as load from '../../src/scenario/load.ts'
import { isRoot } from '../netns/as-root.ts'
import { changed } from '../scenario/example.ts'
import { type Change, projectWith } from './project-with.ts'

const hooksList = 'src/parts/hooks/hooks.ts'
const needsList = 'src/parts/needs/needs.ts'

const imaginedNeed = `
import type { Need } from './need.ts'

export const imaginedCard: Need = {
  name: 'imagined-card',
  why: 'XDP programs on the card itself',
  remedy: 'a card that runs them',
  isAlways: false,
  buildsOn: [],
  trial: () => [{ command: ['sh', '-c', 'echo "no card runs programs" >&2; exit 1'] }],
}
`

const imaginedHook = `
import { imaginedCard } from '../needs/imagined-card.ts'
import type { Hook } from './hook.ts'
import { xdpPrograms } from './program-types.ts'

export const xdpImagined: Hook = {
  name: 'xdp/imagined',
  meets: 'frames on the card',
  type: xdpPrograms,
  need: imaginedCard,
  isIncoming: true,
  isInDriver: true,
  runner: { function: 'offload', file: 'drivers/net/card.c' },
  attach: ({ device, pin }) => ({ command: ['ip', 'link', 'set', 'dev', device, 'xdpoffload', 'pinned', pin] }),
  held: { by: 'link', type: 37, flags: 1 << 3 },
  listings: () => [],
}
`

/** A part of its own file, and its line in the list, before that of `next`, with the import that it takes. */
const part = (list: string, next: string, name: string, file: string, text: string): Change[] => [
  { file: join(dirname(list), `${file}.ts`), text },
  { file: list, before: '/** In the order', lines: [`import { ${name} } from './${file}.ts'`] },
  { file: list, before: `  ${next},`, lines: [`  ${name},`] },
]

const added = [
  ...part(needsList, 'kernelBtf', 'imaginedCard', 'imagined-card', imaginedNeed),
  ...part(hooksList, 'xdpNative', 'xdpImagined', 'xdp-imagined', imaginedHook),
]

const offloaded = changed('hook: tc/ingress', 'hook: xdp/imagined', changed('    needs: [tc-bpf]\n', ''))

/** The words of a scenario's enumerations, from its JSON Schema. */
function enumerated(schema: string): { readonly hooks: string[]; readonly needs: string[] } {
  const { properties } = (JSON.parse(schema) as Schema).properties.paths.additionalProperties
  return { hooks: properties.programs.items.properties.hook.enum, needs: properties.needs.items.enum }
}
interface Schema {
  readonly properties: { readonly paths: { readonly additionalProperties: { properties: PathProperties } } }
}
interface PathProperties {
  readonly programs: {
    readonly items: { readonly properties: { readonly hook: { readonly enum: string[] } } }
  }
  readonly needs: { readonly items: { readonly enum: string[] } }
}

const hookNames = hooks.map(({ name }) => name)
const needNames = needs.map(({ name }) => name)
const hookNamesThen = hookNames.toSpliced(hookNames.indexOf('xdp/native'), 0, 'xdp/imagined')
const needNamesThen = needNames.toSpliced(needNames.indexOf('kernel-btf'), 0, 'imagined-card')

test('a hook and a need that are added can be used in a scenario', async (t) => {
  const { folder, bench } = projectWith(t, added)
  const { stdout } = await bench('schema', 'scenario')
  t.deepEqual(enumerated(stdout), { hooks: hookNamesThen, needs: needNamesThen })
  const file = join(folder, 'offloaded.yaml')
  writeFileSync(file, offloaded)
  const shown = await bench('show', file)
  t.is(shown.exitCode, 0, shown.stderr)
  const lines = shown.stdout.split('\n').map((line) => line.trim())
  t.true(lines.includes('attaches  redirect of redirect.bpf.c at xdp/imagined of veth1@2 in netns-2'))
  t.true(lines.includes('needs     imagined-card, run-counts'))
})

test('they are among those that errors name', async (t) => {
  const { folder, bench } = projectWith(t, added)
  const file = join(folder, 'misspelt.yaml')
  writeFileSync(file, changed('[tc-bpf]', '[imagined-kard]', changed('tc/ingress', 'xdp/imagind')))
  const { exitCode, stderr } = await bench('show', file)
  t.is(exitCode, 2)
  t.true(stderr.includes(`expected a hook: ${hookNamesThen.join(', ')}, found "xdp/imagind"`), stderr)
  t.true(stderr.includes(`expected a capability: ${needNamesThen.join(', ')}, found "imagined-kard"`), stderr)
})

test('the hook is attached in its own way', async (t) => {
  const { folder } = projectWith(t, added)
  const source = (file: string): Promise<unknown> => import(join(folder, 'src', file))
  const { parseScenario } = (await source('scenario/load.ts')) as Pick<typeof load, 'parseScenario'>
  const { attachSteps } = (await source('datapath/attach.ts')) as Pick<typeof attach, 'attachSteps'>
  const { paths } = parseScenario(offloaded, join(folder, 'scenarios', 'example.yaml'))
  t.deepEqual(
    paths.flatMap((path) => attachSteps(path, (namespace) => `${path.name}.${namespace}`)),
    [
      {
        command: [
          ...['ip', 'link', 'set', 'dev', 'veth1@2', 'xdpoffload', 'pinned', '/run/bpf/redirect/0/redirect'],
        ] as [string, ...string[]],
        what: 'attach redirect at xdp/imagined of veth1@2 in netns-2 of path "redirect"',
        namespaceFile: 'redirect.netns-2',
      },
    ],
  )
})

test('doctor tells what the need is for, and whether it is there', async (t) => {
  const { bench } = projectWith(t, added)
  const { stdout } = await bench('doctor', '--json')
  const findings = JSON.parse(stdout) as { readonly name: string; readonly remedy: string }[]
  const remedy = findings.find(({ name }) => name === 'imagined-card')?.remedy ?? ''
  t.regex(remedy, isRoot ? /^a card that runs them \(.*no card runs programs/s : /^a card .* \(needs root/)
  t.deepEqual(
    findings.filter(({ name }) => name === 'imagined-card'),
    [
      {
        name: 'imagined-card',
        state: isRoot ? 'missing' : 'unknown',
        isRequired: false,
        why: 'XDP programs on the card itself',
        cost: 'nothing, but for scenarios of your own that want it',
        remedy,
      },
    ] as object[],
  )
})

/** Deletes a part: its file, and the lines of the list that say its name. */
function deletePart(folder: string, list: string, name: string, file: string): void {
  rmSync(join(folder, dirname(list), `${file}.ts`))
  const lines = readFileSync(join(folder, list), 'utf8').split('\n')
  const isOther = (line: string) => !new RegExp(`\\b${name}\\b`).test(line)
  writeFileSync(join(folder, list), lines.filter(isOther).join('\n'))
}

test('a hook and a need whose files are deleted are gone, and all else works', async (t) => {
  const { folder, bench } = projectWith(t, [])
  deletePart(folder, hooksList, 'xdpNative', 'xdp-native')
  deletePart(folder, needsList, 'xdpNative', 'xdp-native')
  const { stdout } = await bench('schema', 'scenario')
  t.deepEqual(enumerated(stdout), {
    hooks: hookNames.filter((name) => name !== 'xdp/native'),
    needs: needNames.filter((name) => name !== 'xdp-native'),
  })
  const other = await bench('show', 'redirect-vs-stack')
  t.is(other.exitCode, 0, other.stderr)
  const own = await bench('show', 'dsr-vs-nat')
  t.is(own.exitCode, 2)
  const others = hookNames.filter((name) => name !== 'xdp/native').join(', ')
  t.true(own.stderr.includes(`expected a hook: ${others}, found "xdp/native"`), own.stderr)
})

/** Every source file, named from src/ on, with its text. */
const sources = readdirSync(inProject('src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(inProject('src', name), 'utf8') }))

/** Files that import a part, which are not parts themselves. */
const importersOf = (folder: string, file: string): string[] =>
  sources
    .filter(({ name, text }) => !name.startsWith('parts/') && text.includes(`${folder}/${file}.ts'`))
    .map(({ name }) => name)

test('no file but its own says the name of a hook', (t) => {
  for (const hook of hookNames) {
    const saying = sources.filter(({ text }) => text.includes(`'${hook}'`)).map(({ name }) => name)
    t.deepEqual(saying, [`parts/hooks/${hook.replace('/', '-')}.ts`])
    t.deepEqual(importersOf('parts/hooks', hook.replace('/', '-')), [])
  }
})

test('a need is known to no other room', (t) => {
  for (const need of needNames) t.deepEqual(importersOf('parts/needs', need), [], need)
})
