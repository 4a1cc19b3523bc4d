import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot, sharedAsRoot } from '../netns/as-root.ts'
import { ownProgramScenario, source } from '../netns/own-program.ts'
import { ownScenario } from '../netns/own-scenario.ts'
import { type InstalledPackage, installPackage } from './installed-package.ts'
import { startSite } from './site.ts'
import { asNobody, packageUser, withoutCompiler, withoutPrograms } from './user-of-package.ts'

let installed: InstalledPackage
sharedAsRoot(
  async (t) => {
    t.timeout(10 * 60 * 1000)
    installed = await installPackage()
  },
  () => {
    installed.remove()
    return Promise.resolve()
  },
)

const topOf = (files: readonly string[]): string[] => [...new Set(files.map((file) => file.split('/')[0]!))]

asRoot(
  'the tarball holds what bench runs on, compiled, its sources in C, its documents, and nothing else',
  (t) => {
    t.deepEqual(topOf(installed.files).toSorted(), [
      ...['CHANGELOG.md', 'Containerfile', 'LICENSE', 'LICENSES', 'README.md', 'bench', 'bpf', 'bpfload'],
      ...[
        'deploy',
        'dist',
        'docs',
        'forward',
        'launcher',
        'machine',
        'node_modules',
        'package.json',
        'prebuilt',
        'reports',
        'results',
      ],
      ...['sandbox', 'scenarios', 'udpgen'],
    ])
    const own = installed.files.filter((file) => !file.startsWith('node_modules/'))
    t.deepEqual(
      own.filter((file) => /\.ts$|^udpgen\/test-|\/run\.json$/.test(file)),
      [],
    )
    for (const file of ['dist/cli/main.js', 'dist/ci/templates/gitlab.yml', 'prebuilt/bpf/redirect.bpf.o'])
      t.true(own.includes(file), file)
  },
)

asRoot('what only checks the project is not in the package, and what it calls is', (t) => {
  const packages = new Set(installed.files.map((file) => /^node_modules\/([^/]+)\//.exec(file)?.[1]))
  for (const name of ['zod', 'vega', 'vega-lite', 'execa', 'yaml']) t.true(packages.has(name), name)
  for (const name of ['typescript', 'ava', 'eslint', 'prettier', 'ajv']) t.false(packages.has(name), name)
})

asRoot(
  'installed, read-only, called by a link, without a compiler, it runs the main job and writes where the user is',
  async (t) => {
    const user = packageUser(t, installed)
    const { exitCode, stderr } = await user.bench(
      ['run', 'redirect-vs-stack', '--rounds', '2', '--blocks', '6'],
      {
        before: withoutCompiler,
      },
    )
    t.is(exitCode, 0, stderr)
    const [run, ...others] = listRuns(join(user.folder, 'pathbench-results'))
    t.deepEqual(others, [])
    const record = readRun(run!.folder, run!.folder)
    t.deepEqual(
      record.paths.map(({ name, status }) => `${name} ${status}`),
      ['stack measured', 'redirect measured', 'control measured', 'floor measured'],
    )
    t.regex(record.command, /^sudo bench run redirect-vs-stack --rounds 2 --blocks 6 --seed \d+$/)
    t.is(record.subject?.git, null)
    t.true(existsSync(join(user.folder, 'pathbench-reports', 'redirect-vs-stack', `${run!.runId}.html`)))
    t.deepEqual(readdirSync(user.folder).toSorted(), ['pathbench-reports', 'pathbench-results'])
    t.false(user.wasTrapped())

    t.deepEqual(readdirSync(user.caches), ['pathbench'])
    t.deepEqual(readdirSync(join(user.caches, 'pathbench')), [installed.version])
    t.deepEqual(readdirSync(join(user.caches, 'pathbench', installed.version)), ['build'])

    const listed = await user.bench(['list'])
    t.true(listed.stdout.includes(run!.runId), listed.stdout)
    const reported = await user.bench(['report', 'latest'])
    t.is(reported.stdout, `pathbench-reports/redirect-vs-stack/${run!.runId}.html`)
    t.is(
      (await user.bench(['clean', '--keep', '0'])).stdout,
      `removed pathbench-results/redirect-vs-stack/${run!.runId}`,
    )
  },
)

asRoot(
  'a program of the user’s own is compiled, and what has no native programs builds them, among the caches',
  async (t) => {
    const user = packageUser(t, installed)
    const own = ownScenario(t, ownProgramScenario(), { 'mine.bpf.c': source })
    const { exitCode, stderr } = await user.bench(
      own.runArguments('--rounds', '1', '--blocks', '1', '--no-report'),
      { before: withoutPrograms },
    )
    t.is(exitCode, 0, stderr)
    t.regex(stderr, /^bench: building the native programs$/m)
    const [run] = listRuns(own.resultsFolder)
    t.deepEqual(
      readRun(own.resultsFolder, run!.folder).paths.map(({ status }) => status),
      ['measured', 'measured', 'measured', 'measured'],
    )
    const made = join(user.caches, 'pathbench', installed.version, 'build')
    t.true(existsSync(join(made, 'udpgen')))
    const kept = readdirSync(join(made, 'bpf', 'objects')).filter((name) => name !== 'known')
    t.is(kept.length, 1)
  },
)

asRoot('any user reads with it, who has no caches and no home', async (t) => {
  const user = packageUser(t, installed)
  const version = await user.bench(['--version'], asNobody)
  t.is(version.stdout, installed.version, version.stderr)
  const shown = await user.bench(['show', 'redirect-vs-stack'], asNobody)
  t.is(shown.exitCode, 0, shown.stderr)
  t.regex(shown.stdout, /redirect/)
})

asRoot('what it says names the command as it is installed', async (t) => {
  const user = packageUser(t, installed)
  const { stdout } = await user.bench(['run', '--help'])
  t.regex(stdout, /^ {2}sudo bench run redirect-vs-stack {2}/m)
  t.regex(stdout, /\(default: "pathbench-results"\)/)
  t.notRegex(stdout, /\.\/bench/)
  const refused = await user.bench(['run', 'redirect-vs-stack'], asNobody)
  t.is(refused.exitCode, 3)
  t.true(
    refused.stderr.includes(`Hint: sudo ${installed.folder}/bench run redirect-vs-stack`),
    refused.stderr,
  )
})

asRoot(
  'a fleet of hosts is measured by Ansible over ssh: each has a row, and one that fails its reason',
  async (t) => {
    t.timeout(5 * 60 * 1000)
    // The second and the third would have one folder, but for their digests.
    const site = await startSite(t, { 'web-1': {}, 'web/2': {}, web_2: {}, gone: null })
    const user = packageUser(t, installed)
    const { exitCode, stdout, stderr } = await user.bench(
      [
        ...['fleet', 'redirect-vs-stack', '--inventory', site.inventory, '--no-install', '--json'],
        ...['--', '--quick', '--rounds', '1', '--blocks', '8'],
      ],
      {
        before: Object.entries(site.environment)
          .map(([name, value]) => `export ${name}='${value}'`)
          .join('\n'),
      },
    )
    t.is(exitCode, 4, stderr)
    const told = JSON.parse(stdout) as FleetTold
    t.deepEqual(
      told.hosts.map(({ host, state, environment }) => [host, state, environment?.host]),
      [
        ['web-1', 'measured', 'web-1'],
        ['web/2', 'measured', 'web/2'],
        ['web_2', 'measured', 'web_2'],
        ['gone', 'unreachable', undefined],
      ],
    )
    t.regex(told.hosts[3]!.reason!, /port 1: /)
    for (const { paths } of told.hosts.slice(0, 3))
      t.deepEqual(
        paths.map(({ name }) => name),
        ['stack', 'redirect', 'control', 'floor'],
      )
    t.is(told.figures.find(({ metric }) => metric === 'throughputPps')!.hosts.length, 3)
    const kept = join(user.folder, 'pathbench-results', 'redirect-vs-stack')
    const [folder] = readdirSync(kept)
    t.true(existsSync(join(user.folder, 'pathbench-reports', 'redirect-vs-stack', `${folder}.html`)))
    // Nothing of the run stays on a host.
    for (const index of [0, 1, 2]) t.false(existsSync(join(site.folder, String(index), 'opt', 'run')))
    const again = await user.bench(['fleet', folder!, '--json', '--no-report'])
    t.is(again.exitCode, 4, again.stderr)
    t.is(again.stdout, stdout)
  },
)

interface FleetTold {
  readonly hosts: readonly {
    readonly host: string
    readonly state: string
    readonly reason: string | null
    readonly environment: { readonly host?: string } | null
    readonly paths: readonly { readonly name: string }[]
  }[]
  readonly figures: readonly { readonly metric: string; readonly hosts: readonly unknown[] }[]
}
