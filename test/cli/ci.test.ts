import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { git } from '../ci/forge.ts'
import { asRoot } from '../netns/as-root.ts'
import { bench, inProject } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

const scenario = readFileSync(inProject('scenarios', 'redirect-vs-stack.yaml'), 'utf8')
const from = ['--pathbench', 'them/pathbench@v1.2.3']

/** A repository with these files, and no commit yet. */
async function repository(t: ExecutionContext, files: Readonly<Record<string, string>>): Promise<string> {
  const top = temporaryFolder(t)
  await git(top, 'init', '--quiet')
  mkdirSync(join(top, 'perf'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(top, name), text)
  return top
}

const init = (cwd: string, ...words: readonly string[]) => bench(['ci', 'init', ...words], { cwd })

test('the workflows are written for the only scenario, and what to do next is said', async (t) => {
  const top = await repository(t, { 'perf/path.yaml': scenario, 'perf/other.yaml': 'a: 1\n' })
  const { exitCode, stdout, stderr } = await init(join(top, 'perf'), ...from)
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /^wrote *\n\.github\/workflows\/pathbench\.yml +compares every pull request/)
  t.regex(
    stdout,
    /git add \.github\/workflows\/pathbench\.yml \.github\/workflows\/pathbench-nightly\.yml perf\/path\.yaml\n/,
  )
  t.regex(stdout, /sudo .+\/bench'? ab perf\/path\.yaml --base HEAD --path redirect --quick\n/)
  const workflow = readFileSync(join(top, '.github', 'workflows', 'pathbench.yml'), 'utf8')
  t.regex(
    workflow,
    /uses: them\/pathbench@v1\.2\.3\n {8}with:\n {10}scenario: perf\/path\.yaml\n {10}path: redirect\n$/,
  )
})

test('a second time nothing is written, and what is there is told', async (t) => {
  const top = await repository(t, { 'perf/path.yaml': scenario })
  t.is((await init(top, ...from)).exitCode, 0)
  const file = join(top, '.github', 'workflows', 'pathbench.yml')
  writeFileSync(file, 'mine\n')
  const { exitCode, stdout, stderr } = await init(top, ...from)
  t.is(exitCode, 2)
  t.is(stdout, '')
  t.is(
    stderr,
    'Could not write .github/workflows/pathbench.yml and .github/workflows/pathbench-nightly.yml: already there\nHint: nothing was written; --force replaces what is there, --dry-run shows what would be written\n',
  )
  t.is(readFileSync(file, 'utf8'), 'mine\n')
})

test('--dry-run shows the files and writes none; --force replaces what is there', async (t) => {
  const top = await repository(t, { 'perf/path.yaml': scenario })
  const shown = await init(top, ...from, '--dry-run')
  t.is(shown.exitCode, 0, shown.stderr)
  t.regex(
    shown.stdout,
    /^# \.github\/workflows\/pathbench\.yml\n(.|\n)*\n\n# \.github\/workflows\/pathbench-nightly\.yml\n/,
  )
  t.false(existsSync(join(top, '.github')))
  t.is((await init(top, ...from)).exitCode, 0)
  const file = join(top, '.github', 'workflows', 'pathbench.yml')
  const text = readFileSync(file, 'utf8')
  t.true(shown.stdout.includes(text.trimEnd()))
  writeFileSync(file, 'mine\n')
  t.is((await init(top, ...from, '--force')).exitCode, 0)
  t.is(readFileSync(file, 'utf8'), text)
})

test('a repository with a .gitlab-ci.yml gets a file beside it, and a line to add', async (t) => {
  const top = await repository(t, { 'perf/path.yaml': scenario, '.gitlab-ci.yml': 'stages: [test]\n' })
  const { exitCode, stdout, stderr } = await init(top, ...from)
  t.is(exitCode, 0, stderr)
  t.deepEqual(readdirSync(join(top, '.gitlab')), ['pathbench.yml'])
  t.is(readFileSync(join(top, '.gitlab-ci.yml'), 'utf8'), 'stages: [test]\n')
  t.regex(stdout, /Add to \.gitlab-ci\.yml[^\n]*\n +include:\n +- local: \.gitlab\/pathbench\.yml\n/)
})

test('which scenario and which path is asked for where there are several', async (t) => {
  const top = await repository(t, { 'perf/one.yaml': scenario, 'perf/two.yaml': scenario })
  const several = await init(top, ...from)
  t.is(several.exitCode, 2)
  t.is(
    several.stderr,
    'Could not tell which scenario is meant: there are 2\n  perf/one.yaml\n  perf/two.yaml\nHint: name one with --scenario\n',
  )
  const wrong = await init(top, '--scenario', 'perf/two.yaml', '--path', 'redirekt', ...from)
  t.is(wrong.exitCode, 2)
  t.regex(wrong.stderr, /^Could not find path "redirekt" in perf\/two\.yaml; did you mean "redirect"\?\n/)
  t.false(existsSync(join(top, '.github')))
  t.is((await init(top, '--scenario', 'perf/two.yaml', ...from)).exitCode, 0)
})

test('a scenario with mistakes is told with them, and nothing is written', async (t) => {
  const top = await repository(t, { 'perf/path.yaml': scenario.replace('role: candidate', 'role: candidat') })
  const { exitCode, stderr } = await init(top, ...from)
  t.is(exitCode, 2)
  t.regex(stderr, /perf\/path\.yaml/)
  t.false(existsSync(join(top, '.github')))
})

test('without a scenario of its own a repository is told how to get one', async (t) => {
  const top = await repository(t, {})
  const none = await init(top, ...from)
  t.is(none.exitCode, 2)
  t.regex(
    none.stderr,
    /^Could not find a scenario in \S+\nHint: copy one, .*: {2}cp .+scenarios\/redirect-vs-stack\.yaml'? /,
  )
  const outside = await init(top, '--scenario', 'redirect-vs-stack', ...from)
  t.is(outside.exitCode, 2)
  t.regex(outside.stderr, /^Could not use scenario .+: it is not in the repository/)
})

test('a name that a workflow or a shell could take for something else is refused', async (t) => {
  const top = await repository(t, { 'perf/a $(x).yaml': scenario })
  const { exitCode, stderr } = await init(top, ...from)
  t.is(exitCode, 2)
  t.regex(stderr, /^Could not use scenario perf\/a \$\(x\)\.yaml: its name has other characters/)
})

test('outside of a repository there is nothing to set up', async (t) => {
  const folder = temporaryFolder(t)
  const { exitCode, stderr } = await init(folder, ...from)
  t.is(exitCode, 2)
  t.regex(stderr, /^Could not find a git repository in /)
})

asRoot('under sudo the files belong to who called', async (t) => {
  const top = await repository(t, { 'perf/path.yaml': scenario })
  const { exitCode, stderr } = await bench(['ci', 'init', ...from], {
    cwd: top,
    environment: { SUDO_UID: '1234', SUDO_GID: '1235' },
  })
  t.is(exitCode, 0, stderr)
  for (const file of ['.github', '.github/workflows', '.github/workflows/pathbench.yml']) {
    const { uid, gid } = lstatSync(join(top, file))
    t.deepEqual([uid, gid], [1234, 1235], file)
  }
})
