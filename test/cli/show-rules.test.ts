import { chmodSync } from 'node:fs'
import { asRoot } from '../netns/as-root.ts'
import { bench } from '../netns/bench-command.ts'
import { type Change, changedScenario, ownScenario } from '../netns/own-scenario.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

const rules = (hook: string): Change => [
  ['topology', 'namespaces', 'netns-2', 'nftables'],
  `table ip t {\n  chain c {\n    type filter hook ${hook} priority 0; iifname "veth1@2" accept;\n  }\n}\n`,
]

const entry = ['paths', 'redirect', 'programs', 0, 'maps', 'services', 0, 'value'] as const

asRoot('what nft says is told with a wrong field, program and gate, at its line', async (t) => {
  const changes: readonly Change[] = [
    rules('forwart'),
    [['paths', 'redirect', 'programs', 0, 'program'], 'redirekt'],
    [[...entry, 'source_mak'], 'mac(veth2@1)'],
    [['gates'], ['redirekt.throughputPps.ratio >= 1']],
  ]
  const { file } = ownScenario(t, changedScenario(changes))
  for (const command of [
    ['show', file],
    ['run', file],
  ]) {
    const { exitCode, stdout, stderr } = await bench(command)
    t.is(exitCode, 2)
    t.is(stdout, '')
    const places = [...stderr.matchAll(/^ {2}\S+:\d+:\d+ {2}(\S+): /gm)].map(([, place]) => place)
    t.deepEqual(places, [
      'topology.namespaces.netns-2.nftables',
      'paths.redirect.programs[0].program',
      'paths.redirect.programs[0].maps.services[0].value.source_mak',
      'paths.redirect.way[3]',
      'paths.redirect.proof[3].program',
      'gates',
    ])
    t.regex(stderr, /: nft: unknown chain hook\n/)
  }
})

asRoot('without root nft is asked where the kernel lets it, or it is said that it was not', async (t) => {
  const folder = temporaryFolder(t)
  chmodSync(folder, 0o777)
  const ids = ['--reuid', '65534', '--regid', '65534', '--clear-groups']
  const asNobody = {
    within: ['setpriv', ...ids],
    environment: { HOME: folder, XDG_CACHE_HOME: folder, NODE_COMPILE_CACHE: folder },
  }
  const seen = async (hook: string) => {
    const own = ownScenario(t, changedScenario([rules(hook)]))
    chmodSync(own.folder, 0o755)
    return bench(['show', own.file], asNobody)
  }
  const right = await seen('forward')
  t.is(right.exitCode, 0, right.stderr)
  const isAsked = right.stdout.includes('\n1 ruleset: nft takes it\n')
  t.is(isAsked, !right.stdout.includes('\nnot checked  rules of nftables: '))
  const wrong = await seen('forwart')
  t.is(wrong.exitCode, isAsked ? 2 : 0, wrong.stderr)
  t.is(isAsked, wrong.stderr.includes('nft: unknown chain hook'))
})
