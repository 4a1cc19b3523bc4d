import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'
import { findVersion } from '../../src/ab/version.ts'
import { BenchError } from '../../src/host/errors.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

interface Repository {
  readonly folder: string
  readonly scenarioFile: string
  readonly commits: readonly [first: string, second: string]
}

/** A repository with a scenario in a folder of its own, whose program differs between two commits. */
async function repository(t: ExecutionContext): Promise<Repository> {
  const folder = temporaryFolder(t)
  const git = async (...words: string[]) =>
    (await execa('git', ['-c', 'user.name=T', '-c', 'user.email=t@localhost', ...words], { cwd: folder }))
      .stdout
  await git('init', '--quiet', '--initial-branch=main')
  mkdirSync(join(folder, 'paths'))
  const commit = async (program: string) => {
    // No two tests have the same commits.
    writeFileSync(join(folder, 'paths', 'mine.yaml'), `name: mine\ndescription: ${folder}\n`)
    writeFileSync(join(folder, 'paths', 'mine.bpf.c'), program)
    writeFileSync(join(folder, 'paths', 'large.bin'), 'no source')
    await git('add', '.')
    await git('commit', '--quiet', '--message=a change')
    return git('rev-parse', 'HEAD')
  }
  const commits = [await commit('before'), await commit('after')] as const
  await git('tag', 'v1', commits[0])
  t.teardown(() => {
    for (const one of commits) rmSync(join('build', 'ab', one), { recursive: true, force: true })
  })
  return { folder, scenarioFile: join(folder, 'paths', 'mine.yaml'), commits }
}

const programOf = (file: string): string => readFileSync(join(dirname(file), 'mine.bpf.c'), 'utf8')

test('a tag, a branch and a commit bring the scenario and its sources as they were', async (t) => {
  const { scenarioFile, commits } = await repository(t)
  for (const [text, label, program] of [
    ['v1', `v1 (${commits[0].slice(0, 12)})`, 'before'],
    ['main', `main (${commits[1].slice(0, 12)})`, 'after'],
    [commits[0], commits[0].slice(0, 12), 'before'],
    ['HEAD~1', `HEAD~1 (${commits[0].slice(0, 12)})`, 'before'],
  ] as const) {
    const version = await findVersion(text, scenarioFile)
    if (version.kind !== 'scenario') throw new Error('it is a scenario')
    t.is(version.label, label)
    t.is(basename(version.file), 'mine.yaml')
    t.is(programOf(version.file), program)
    t.throws(() => readFileSync(join(dirname(version.file), 'large.bin')))
  }
})

test('what is changed and not committed stays as it is, and so does the index', async (t) => {
  const { folder, scenarioFile } = await repository(t)
  writeFileSync(join(folder, 'paths', 'mine.bpf.c'), 'not committed')
  writeFileSync(join(folder, 'paths', 'new.bpf.c'), 'staged')
  await execa('git', ['add', 'paths/new.bpf.c'], { cwd: folder })
  const status = async () => (await execa('git', ['status', '--porcelain'], { cwd: folder })).stdout
  const before = await status()
  await findVersion('v1', scenarioFile)
  t.is(await status(), before)
  t.is(programOf(scenarioFile), 'not committed')
})

test('a folder is a version by the copy of the scenario in it, or in its scenarios/', async (t) => {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'scenarios'))
  writeFileSync(join(folder, 'scenarios', 'mine.yaml'), '')
  t.deepEqual(await findVersion(folder, '/elsewhere/mine.yaml'), {
    kind: 'scenario',
    label: folder,
    file: join(folder, 'scenarios', 'mine.yaml'),
  })
  writeFileSync(join(folder, 'mine.yaml'), '')
  const version = await findVersion(folder, '/elsewhere/mine.yaml')
  t.like(version, { file: join(folder, 'mine.yaml') })
  await t.throwsAsync(findVersion(folder, '/elsewhere/other.yaml'), {
    message: `Could not find other.yaml in ${folder}`,
  })
})

test('a BPF source or object is a version', async (t) => {
  const folder = temporaryFolder(t)
  const object = join(folder, 'old.bpf.o')
  writeFileSync(object, '')
  t.deepEqual(await findVersion(object, '/elsewhere/mine.yaml'), {
    kind: 'object',
    label: 'old.bpf.o',
    object,
  })
})

test('what is no version is told with what it could have been', async (t) => {
  const { scenarioFile } = await repository(t)
  const error = await t.throwsAsync(findVersion('no-such-branch', scenarioFile), { instanceOf: BenchError })
  t.is(error.message, 'Could not find version "no-such-branch"')
  t.is(error.trouble, 'usage')
  t.regex(error.hint ?? '', /shallow clone/)
  const option = await t.throwsAsync(findVersion('--all', scenarioFile))
  t.is(option.message, 'Could not find version "--all"')
})

test('a commit without the scenario is told apart from no commit', async (t) => {
  const { folder } = await repository(t)
  writeFileSync(join(folder, 'paths', 'young.yaml'), '')
  await t.throwsAsync(findVersion('v1', join(folder, 'paths', 'young.yaml')), {
    message: 'Could not find young.yaml in version "v1"',
  })
})
