/** A reader of the documents who types what they say, in a copy of the project. */
import { cpSync, mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import type { Ended } from '../netns/bench-command.ts'
import { inProject } from '../netns/bench-command.ts'

/** Types a command into bash, where `sudo` changes nothing; the next one is typed in the folder that it ends in. */
export type Typing = (command: string) => Promise<Ended>

const git = ['-c', 'user.name=reader', '-c', 'user.email=reader@localhost', '-c', 'safe.directory=*']

/**
 * A copy of the project with all that is built, under git on a branch `main`, with the files of their own that the
 * documents assume: a repository with `perf/my-path.yaml` and gates.
 *
 * @param folder where all of it is to be
 * @param place where the first command is typed: in one of them, or in the folder that has both
 */
export async function typingInto(folder: string, place: 'project' | 'repository' | 'above'): Promise<Typing> {
  const project = join(folder, 'pathbench')
  await copyProject(project)
  const repository = join(folder, 'repository')
  writeRepository(repository, project)
  for (const made of [project, repository]) await commitAll(made)
  await execa('git', ['-C', project, 'remote', 'add', 'origin', 'https://github.com/OWNER/pathbench.git'])

  const environment = {
    PATH: `${dirname(process.execPath)}:${project}:${process.env.PATH ?? ''}`,
    HOME: process.env.HOME ?? '/root',
    BASE_COMMIT: 'HEAD',
    BENCH_NO_INSTALL: '1',
    ...configuration({ 'safe.directory': '*', 'user.name': 'reader', 'user.email': 'reader@localhost' }),
  }
  const lastFolder = join(folder, 'last-folder')
  let cwd = { project, repository, above: folder }[place]
  return async (command) => {
    const script = `sudo() { "$@"; }\ntrap 'pwd >${lastFolder}' EXIT\n${command}`
    const { exitCode, stdout, stderr } = await execa('bash', ['--norc', '-c', script], {
      cwd,
      env: environment,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      timeout: 300_000,
    })
    cwd = readFileSync(lastFolder, 'utf8').trimEnd()
    return { exitCode, stdout, stderr }
  }
}

/** Settings of git's as it reads them from its environment. */
const configuration = (settings: Readonly<Record<string, string>>): Record<string, string> => ({
  GIT_CONFIG_COUNT: String(Object.keys(settings).length),
  ...Object.fromEntries(
    Object.entries(settings).flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ),
})

/** Copies with the times of files and folders, by which the launcher tells whether something is to be built. */
async function copyProject(project: string): Promise<void> {
  const { stdout } = await execa('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], { cwd: inProject() })
  const files = stdout.split('\0').filter((name) => name !== '')
  for (const file of files) cpSync(inProject(file), join(project, file), { preserveTimestamps: true })
  for (const place of new Set(files.map((file) => dirname(file)))) {
    const { atime, mtime } = statSync(inProject(place))
    utimesSync(join(project, place), atime, mtime)
  }
  cpSync(inProject('build'), join(project, 'build'), { recursive: true, preserveTimestamps: true })
  symlinkSync(inProject('node_modules'), join(project, 'node_modules'))
}

function writeRepository(repository: string, project: string): void {
  mkdirSync(repository)
  const scenario = readFileSync(inProject('scenarios', 'redirect-vs-stack.yaml'), 'utf8')
  mkdirSync(join(repository, 'perf'))
  writeFileSync(join(repository, 'perf', 'my-path.yaml'), scenario.replace(/^name: .*$/m, 'name: my-path'))
  writeFileSync(join(repository, 'bench.gates.yaml'), 'my-path:\n  - valid\n')
  cpSync(inProject('bpf'), join(repository, 'bpf'), { recursive: true })
  symlinkSync(join(project, 'bench'), join(repository, 'bench'))
}

async function commitAll(folder: string): Promise<void> {
  await execa('git', ['init', '--quiet', '--initial-branch=main', folder])
  await execa('git', [...git, '-C', folder, 'add', '--all'])
  await execa('git', [...git, '-C', folder, 'commit', '--quiet', '--message=all'])
}
