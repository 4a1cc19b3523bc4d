/** Cgroups outlive the processes in them: that none of a run's does. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import { asRoot } from './as-root.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { bench, startBench } from './bench-command.ts'
import { markedProcesses } from './leftovers.ts'
import { temporaryFolder } from './temporary-folder.ts'

const tries = 1000
const betweenMs = 50

/** The name of the cgroup that a marked run's generator is in; undefined while it is in none of pathbench's. */
function cgroupOfRun(variable: string): string | undefined {
  const own = markedProcesses({ variable, program: '', map: '', environment: {} })
  for (const { pid } of own.filter(({ program }) => program.endsWith('/udpgen')))
    try {
      const found = /^0::.*\/(pathbench-[0-9a-f]+)/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))
      if (found !== null) return found[1]
    } catch {
      // It has just ended.
    }
  return undefined
}

const find = `mount -t cgroup2 test /mnt && find /mnt -name "$1"`

async function isThere(cgroup: string): Promise<boolean> {
  const { stdout } = await execa('unshare', ['--mount', 'sh', '-c', find, 'sh', cgroup])
  return stdout !== ''
}

for (const signal of ['SIGKILL', 'SIGINT'] as const)
  asRoot(`a run that ${signal} ends leaves no cgroup of its paths behind`, async (t) => {
    const id = randomBytes(4).toString('hex')
    const folders = ['--results', temporaryFolder(t), '--reports', temporaryFolder(t)]
    const run = startBench(
      ['run', 'service-family', '--only', 'nft-10,sockets', '--rounds', '100', ...folders],
      { environment: { BENCH_TEST_MARK: id } },
    )
    let cgroup: string | undefined
    const watched: { isOver: boolean } = { isOver: false }
    const ended = run.then((end) => {
      watched.isOver = true
      return end
    })
    for (let count = 0; count < tries && cgroup === undefined && !watched.isOver; count += 1) {
      cgroup = cgroupOfRun(`BENCH_TEST_MARK=${id}`)
      await setTimeout(betweenMs)
    }
    const wasThere = cgroup !== undefined && (await isThere(cgroup))
    run.kill(signal)
    const { stderr } = await ended
    t.true(wasThere, stderr)
    for (let count = 0; count < tries && (await isThere(cgroup!)); count += 1) await setTimeout(betweenMs)
    t.false(await isThere(cgroup!))
  })

asRoot(
  'a path with programs at its sockets is measured, and its proof holds round after round',
  async (t) => {
    const { exitCode, stdout, stderr } = await bench([
      ...['run', 'service-family', '--only', 'nft-10,sockets', '--rounds', '2', '--blocks', '1', '--json'],
      ...['--no-report', '--results', temporaryFolder(t)],
    ])
    t.is(exitCode, 0, stderr)
    const { paths } = JSON.parse(stdout) as RunRecord
    const sockets = paths.find(({ name }) => name === 'sockets')
    t.is(sockets?.status, 'measured', sockets?.reason)
    t.deepEqual(
      sockets?.proof.filter(({ holds }) => !holds),
      [],
    )
  },
)
