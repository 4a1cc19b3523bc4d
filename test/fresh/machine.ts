/** A machine that nobody has used yet: a fresh disk, entered with namespaces of its own. */
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { namesIn } from '../../src/host/names-in.ts'
import { cacheFolder } from './base.ts'
import { here, networkVariables, settingsFilesHere } from './machine-settings.ts'

/** How a command ended. */
export interface Ended {
  readonly exitCode: number | undefined
  /** Both streams as they came. */
  readonly output: string
}

export interface Machine {
  /** Where this machine's own files can be seen from outside. */
  readonly inside: (...parts: string[]) => string
  /** Runs a shell command as its ordinary user, who may sudo, in the folder given or their home. */
  readonly run: (command: string, folder?: string) => Promise<Ended>
  /** Ends all that runs on it, and takes away its disk. */
  readonly close: () => Promise<void>
}

/** Its ordinary user. */
export const user = 'dev'

export interface MachineOrder {
  /** The folder of the disk. */
  readonly base: string
  /** All that commands print is added to this file. */
  readonly logFile: string
  /** Set for every command, under sudo too. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Starts a machine. @throws Error if the kernel refuses */
export async function startMachine({ base, logFile, environment = {} }: MachineOrder): Promise<Machine> {
  const downloads = join(cacheFolder, 'downloads')
  for (const folder of [join('packages', archives), 'npm', 'mount'])
    mkdirSync(join(downloads, folder), { recursive: true })

  const namespaces = [
    '--mount',
    '--pid',
    '--uts',
    '--ipc',
    '--propagation',
    'private',
    '--fork',
    '--kill-child',
  ]
  const init = execa(
    'unshare',
    [...namespaces, 'sh', join(import.meta.dirname, 'enter.sh'), base, downloads],
    { stdin: 'pipe', reject: false },
  )
  const close = async (): Promise<void> => {
    keepPackages(inside(archives), join(downloads, 'packages', archives))
    init.stdin.end()
    await init
  }
  const pid = await new Promise<string | undefined>((resolve) => {
    init.stdout.once('data', (said: Buffer) => {
      resolve(/^ready (\d+)/.exec(said.toString())?.[1])
    })
    void init.then(() => {
      resolve(undefined)
    })
  })
  if (pid === undefined) throw new Error(`Could not start a fresh machine: ${(await init).stderr}`)

  const inside: Machine['inside'] = (...parts) => join(`/proc/${pid}/root`, ...parts)
  bringSettings(inside, environment)
  return {
    inside,
    close,
    run: async (command, folder = `/home/${user}`) => {
      const script = `cd '${folder}' && ${command}`
      appendFileSync(logFile, `\n$ ${script}\n`)
      const result = await execa(
        'nsenter',
        [
          `--target=${pid}`,
          ...['--mount', '--uts', '--ipc', '--pid', '--root', '--wd'],
          '--',
          ...['env', '-i', 'TERM=dumb', '/bin/su', '--login', user, '--command', script],
        ],
        { reject: false, all: true, stdin: 'ignore' },
      )
      appendFileSync(logFile, result.all)
      return { exitCode: result.exitCode, output: result.all }
    },
  }
}

/** Where apt keeps the packages that it has fetched. */
const archives = 'var/cache/apt/archives'

/** Keeps packages that a machine has fetched for the next one; of several machines, whoever is last. */
function keepPackages(fetched: string, kept: string): void {
  for (const name of namesIn(fetched)) {
    if (!name.endsWith('.deb') || existsSync(join(kept, name))) continue
    const part = join(kept, `${name}.${process.pid}`)
    copyFileSync(join(fetched, name), part)
    renameSync(part, join(kept, name))
  }
}

/** What makes the network work, and the variables: su reads /etc/environment by pam_env(8), sudo is told to. */
function bringSettings(inside: Machine['inside'], environment: Readonly<Record<string, string>>): void {
  for (const file of settingsFilesHere())
    for (const home of file.startsWith('~') ? ['/root', `/home/${user}`] : ['']) {
      const target = inside(file.replace(/^~/, home))
      if (!existsSync(dirname(target))) continue
      cpSync(here(file), target, { dereference: true })
    }
  // sudo looks its machine up.
  appendFileSync(inside('etc/hosts'), '127.0.1.1 fresh\n')
  const own = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(inside('etc/environment'), networkVariables() + own.join(''))
  writeFileSync(inside('etc/sudoers.d/environment'), 'Defaults env_file=/etc/environment\n', { mode: 0o440 })
}

/** The end of what a command printed, for the message of a test. */
export const endOf = ({ output }: Ended): string => output.split('\n').slice(-40).join('\n')

/** Clones this project's last commit into a machine, for its user. */
export async function cloneInto(machine: Machine, project: string, folder: string): Promise<void> {
  const outside = mkdtempSync(join(tmpdir(), 'pathbench-clone-'))
  try {
    // Root clones what may be another's.
    const settings = join(outside, 'gitconfig')
    writeFileSync(settings, '[safe]\n\tdirectory = *\n')
    await execa('git', ['clone', '--quiet', '--no-hardlinks', project, join(outside, 'clone')], {
      env: { GIT_CONFIG_GLOBAL: settings },
    })
    // git would take a path through /proc for one of the outside.
    cpSync(join(outside, 'clone'), machine.inside(folder), { recursive: true })
  } finally {
    rmSync(outside, { recursive: true, force: true })
  }
  const { uid, gid } = statSync(machine.inside('home', user))
  await execa('chown', ['-R', `${uid}:${gid}`, machine.inside(folder)])
}
