/** A copy of the launcher in a small project of its own, whose command line tells how it was called. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { makeShims, type Shims, writeScript } from './shims.ts'

const project = join(import.meta.dirname, '..', '..')

const commandLine = `
const told: { arguments: string[]; cwd: string; foundAs: string | undefined } = {
  arguments: process.argv.slice(2),
  cwd: process.cwd(),
  foundAs: process.env.FOUND_AS,
}
console.log(JSON.stringify(told))
process.exitCode = Number(process.env.EXIT_WITH ?? 0)
`

/** What the launcher adds to PATH: a test must not find there what it has hidden. */
const systemFolders = ':/usr/local/sbin:/usr/sbin:/sbin'

function searchPathWithout(text: string): string {
  const script = readFileSync(join(project, 'launcher', 'search-path.sh'), 'utf8')
  if (!script.includes(text)) throw new Error(`launcher/search-path.sh has no ${text}`)
  return script.replace(text, '')
}

/** Stands for the real Makefiles: `made` from `source`, by copying. */
const makefile = (made: string, source: string): string =>
  `${made}: ${source} Makefile\n\tinstall -D ${source} $@\n`

const sandboxMakefile = `all: ../build/runner ../build/seal
../build/runner: runner/main.c Makefile
\tinstall -D $< $@
../build/seal: seal.c Makefile
\tinstall -D $< $@
`

const machineMakefile = `all: ../build/machine-agent ../build/machine-host ../build/machine-enter
../build/machine-%: %.c Makefile
\tinstall -D $< $@
`

const forwardMakefile = `all: ../build/forward-afxdp ../build/forward-tun
../build/forward-%: %.c Makefile
\tinstall -D $< $@
`

export interface Told {
  readonly arguments: readonly string[]
  readonly cwd: string
  readonly foundAs?: string
}

export interface Launch {
  readonly exitCode: number | undefined
  readonly stderr: string
  readonly stdout: string
  /** What the command line was told; throws if it was not reached. */
  readonly told: () => Told
}

export interface LaunchOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** The file to call; by default the copy's `bench`. */
  readonly as?: string
}

export interface ProjectCopy {
  /** Its folder; there is a blank in the name. */
  readonly root: string
  /** A home folder with nothing in it. */
  readonly home: string
  readonly shims: Shims
  readonly inside: (...parts: string[]) => string
  readonly write: (file: string, content: string) => void
  /** The lines that shims appended to `$CALLS`. */
  readonly calls: () => string[]
  readonly start: (
    commandArguments: readonly string[],
    options?: LaunchOptions,
  ) => ReturnType<typeof startLaunch>
  readonly launch: (commandArguments: readonly string[], options?: LaunchOptions) => Promise<Launch>
}

/** Makes a copy with its npm packages in place, nothing built, and this Node in PATH; gone after the test. */
export function copyProject(t: ExecutionContext): ProjectCopy {
  const base = mkdtempSync(join(tmpdir(), 'bench-launcher-'))
  t.teardown(() => {
    rmSync(base, { recursive: true, force: true })
  })
  const root = join(base, 'a project')
  const home = join(base, 'home')
  mkdirSync(home)
  mkdirSync(root)
  const shims = makeShims(join(base, 'bin'))
  writeScript(join(shims.folder, 'node'), `exec '${process.execPath}' "$@"`)

  const inside = (...parts: string[]): string => join(root, ...parts)
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(inside(file)), { recursive: true })
    writeFileSync(inside(file), content)
  }
  cpSync(join(project, 'launcher'), inside('launcher'), { recursive: true })
  write('launcher/search-path.sh', searchPathWithout(systemFolders))
  cpSync(join(project, 'bench'), inside('bench'))
  write('package.json', '{ "type": "module" }\n')
  write('src/cli/main.ts', commandLine)
  write('package-lock.json', '{}\n')
  write('node_modules/.package-lock.json', '{}\n')
  write('bpf/x.bpf.c', 'program\n')
  write('bpf/Makefile', makefile('../build/bpf/x.bpf.o', 'x.bpf.c'))
  write('udpgen/main.c', 'generator\n')
  write('udpgen/Makefile', makefile('../build/udpgen', 'main.c'))
  write('bpfload/main.c', 'loader\n')
  write('bpfload/Makefile', makefile('../build/bpfload', 'main.c'))
  write('sandbox/seal.c', 'seal\n')
  write('sandbox/runner/main.c', 'runner\n')
  write('sandbox/Makefile', sandboxMakefile)
  for (const part of ['agent', 'host', 'enter']) write(`machine/${part}.c`, `${part}\n`)
  write('machine/Makefile', machineMakefile)
  for (const part of ['afxdp', 'tun']) write(`forward/${part}.c`, `${part}\n`)
  write('forward/Makefile', forwardMakefile)

  const callsFile = join(base, 'calls')
  const start: ProjectCopy['start'] = (commandArguments, { environment = {}, cwd = base, as } = {}) =>
    startLaunch(as ?? inside('bench'), commandArguments, cwd, {
      PATH: shims.folder,
      HOME: home,
      CALLS: callsFile,
      // Its command line is the same every time.
      NODE_COMPILE_CACHE: join(project, 'build', 'compile-cache'),
      ...environment,
    })
  return {
    root,
    home,
    shims,
    inside,
    write,
    calls: () => (existsSync(callsFile) ? readFileSync(callsFile, 'utf8').trim().split('\n') : []),
    start,
    launch: async (commandArguments, options) => {
      const { exitCode, stderr, stdout } = await start(commandArguments, options)
      return { exitCode, stderr, stdout, told: () => JSON.parse(stdout) as Told }
    },
  }
}

const startLaunch = (
  file: string,
  commandArguments: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
) =>
  execa(file, commandArguments, {
    cwd,
    env: environment,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    detached: true,
  })
