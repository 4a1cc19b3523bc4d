import { mkdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { execa } from 'execa'
import { namesIn } from '../../src/host/names-in.ts'
import { asRoot, isRoot } from '../netns/as-root.ts'
import { bench, benchCommand, inProject } from '../netns/bench-command.ts'
import { changedScenario, ownScenario } from '../netns/own-scenario.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

/** A PATH on which every program is found but one. */
function pathWithout(folder: string, missing: string): string {
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  for (const place of (process.env.PATH ?? '').split(':')) {
    for (const name of namesIn(place)) {
      if (name === missing) continue
      try {
        symlinkSync(join(place, name), join(programs, name))
      } catch {
        // One that comes before it in PATH has the name.
      }
    }
  }
  return programs
}

for (const tool of ['bpftool', 'tc', 'ip', 'nsenter'])
  asRoot(`without ${tool}, a run ends with 3 and says what is missing`, async (t) => {
    const own = ownScenario(t, changedScenario())
    const { exitCode, stderr } = await bench(own.runArguments('--rounds', '1', '--blocks', '1'), {
      environment: { PATH: pathWithout(own.folder, tool) },
    })
    t.is(exitCode, 3, stderr)
    t.regex(stderr, new RegExp(`^Could not start: not installed: ${tool}\n.*\nHint: .*bench doctor`))
  })

asRoot('doctor finds all that is needed here', async (t) => {
  const { exitCode, stdout, stderr } = await bench(['doctor', '--json'])
  t.is(exitCode, 0, stderr)
  const findings = JSON.parse(stdout) as { name: string; state: string; isRequired: boolean }[]
  t.deepEqual(
    findings.filter(({ state, isRequired }) => isRequired && state !== 'there'),
    [],
  )
  for (const name of ['bpftool', 'udpgen', 'veth', 'tc-bpf', 'run-counts'])
    t.true(
      findings.some((finding) => finding.name === name),
      name,
    )
})

asRoot('doctor names what is missing and how to get it, and ends with 3', async (t) => {
  const { exitCode, stdout } = await bench(['doctor'], {
    environment: { PATH: pathWithout(temporaryFolder(t), 'bpftool') },
  })
  t.is(exitCode, 3)
  t.regex(stdout, /^bpftool +missing .*no scenario can run +sudo apt-get install bpftool/m)
  t.regex(stdout, /^redirect-vs-stack cannot run: bpftool/m)
})

asRoot('doctor ends with 0 where the main job can run, and says what is lost for want of nft', async (t) => {
  const { exitCode, stdout } = await bench(['doctor'], {
    environment: { PATH: pathWithout(temporaryFolder(t), 'nft') },
  })
  t.is(exitCode, 0, stdout)
  t.regex(stdout, /^nft +missing .*dsr-vs-nat cannot run; .* +sudo apt-get install nftables/m)
  t.regex(stdout, /^nftables +missing .*dsr-vs-nat cannot run; .*nft is not installed/m)
  t.regex(stdout, /^redirect-vs-stack can run: sudo \.\/bench run redirect-vs-stack$/m)
})

asRoot('with too few open files, a run and doctor end with 3 and say so', async (t) => {
  const limited = (words: readonly string[]) =>
    execa('prlimit', ['--nofile=32:32', '--', ...benchCommand(words)], { reject: false })
  const run = await limited(['run', 'redirect-vs-stack', '--results', temporaryFolder(t)])
  t.is(run.exitCode, 3)
  t.regex(run.stderr, /only 32 files may be open at a time\nHint: .*ulimit -n/)
  const doctor = await limited(['doctor'])
  t.is(doctor.exitCode, 3)
  t.regex(doctor.stdout, /^open files +missing /m)
})

/**
 * The words of a command as a user other than root who may read the project: its owner, or in a user
 * namespace one whom the kernel calls nobody (user_namespaces(7)).
 */
function asOrdinaryUser(command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  if (!isRoot) return command
  const { uid, gid } = statSync(inProject('package.json'))
  return uid === 0
    ? ['unshare', '--user', '--', ...command]
    : ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--', ...command]
}

for (const name of ['run', 'exec'])
  test(`bench ${name} without root ends with 3 and says how to call it`, async (t) => {
    const words = [name, 'redirect-vs-stack', ...(name === 'exec' ? ['true'] : [])]
    const [file, ...rest] = asOrdinaryUser(benchCommand(words))
    const { exitCode, stderr } = await execa(file, rest, { reject: false })
    t.is(exitCode, 3, stderr)
    t.regex(stderr, /need root\nHint: sudo \.\/bench (run|exec) redirect-vs-stack/)
  })

test('doctor without root says what it could not try, and ends with 3', async (t) => {
  const [file, ...rest] = asOrdinaryUser(benchCommand(['doctor']))
  const { exitCode, stdout } = await execa(file, rest, { reject: false })
  t.is(exitCode, 3)
  t.regex(stdout, /^tc-bpf +unknown .*sudo \.\/bench doctor/m)
})

for (const commandArguments of [['list'], ['show', 'redirect-vs-stack'], ['schema', 'scenario']])
  test(`bench ${commandArguments.join(' ')} needs no root`, async (t) => {
    const [file, ...rest] = asOrdinaryUser(benchCommand(commandArguments))
    const { exitCode, stdout, stderr } = await execa(file, rest, { reject: false })
    t.is(exitCode, 0, stderr)
    t.regex(stdout, /topology|redirect/)
  })
