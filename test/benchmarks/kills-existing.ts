/**
 * Kills runs on namespaces that are there already with SIGKILL at random moments, and compares these before and after
 * each: programs, filters, links, addresses, routes, rules, sysctls and listening sockets have to be as they were, a path's
 * own setup undone.
 *
 *   sudo node test/benchmarks/kills-existing.ts [KILLS]     500 by default, some 3 s each
 *
 * Ends with 1 if anything was left.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import { parseDocument } from 'yaml'
import { randomSource } from '../../src/stats/random.ts'
import { benchCommand } from '../netns/bench-command.ts'
import { makeThere } from '../netns/there-scenario.ts'

const kills = Number(process.argv[2] ?? 500)
const seed = 20_264
const random = randomSource(seed)
const folder = mkdtempSync(join(tmpdir(), 'pathbench-kills-existing-'))
const project = join(import.meta.dirname, '..', '..')
const there = await makeThere(`pathbench-kills-${process.pid}`)

/** Setup that lasts, beside the redirecting program. */
const document = parseDocument(there.text)
const inRouter = (run: string) => [{ namespace: 'netns-2', run }]
document.setIn(
  ['paths', 'redirect', 'setup'],
  document.createNode(
    inRouter('ip link set veth2@1 alias pathbench && echo 2 >/proc/sys/net/ipv4/conf/veth2@1/rp_filter'),
  ),
)
document.setIn(
  ['paths', 'redirect', 'teardown'],
  document.createNode(
    inRouter('ip link set veth2@1 alias "" && echo 0 >/proc/sys/net/ipv4/conf/veth2@1/rp_filter'),
  ),
)
document.setIn(
  ['paths', 'redirect', 'agent'],
  document.createNode({ namespace: 'netns-2', run: 'exec sleep 1000' }),
)
document.setIn(
  ['paths', 'redirect', 'topology'],
  document.createNode({
    namespaces: {
      'netns-2': {
        nftables:
          'table inet of_the_path { chain passing { type filter hook forward priority 0; counter; } }',
      },
    },
  }),
)
document.addIn(['load'], document.createNode({ kind: 'http', requests: 40, connections: 4 }))
const scenario = join(folder, 'there.yaml')
writeFileSync(scenario, document.toString())

const looks = [
  'ip -details link show',
  'ip address show',
  'ip route show',
  'ip neighbour show nud permanent',
  'tc qdisc show',
  'tc filter show dev veth1@2 ingress',
  'nft list ruleset',
  `${join(project, 'build', 'bpfload')} programs veth1@2 46`,
  'sysctl -n net.ipv4.ip_forward',
  'cat /proc/sys/net/ipv4/conf/veth2@1/rp_filter',
]

const inside = async (namespace: string, script: string): Promise<string> =>
  (await execa('nsenter', [`--net=${there.fileOf(namespace)}`, 'sh', '-c', script])).stdout

async function state(): Promise<string> {
  const served = await inside('netns-3', 'ss -Htuln')
  return [await inside('netns-2', looks.join('\n')), served].join('\n')
}

/** Waits until the state is as before, which the kernel's own tidying delays. */
async function comesBack(before: string): Promise<boolean> {
  for (let look = 0; look < 200; look += 1) {
    if ((await state()) === before) return true
    await setTimeout(50)
  }
  return false
}

const startRun = () => {
  const options = ['--quick', '--no-report', '--quiet', '--results', folder]
  const [file, ...words] = benchCommand(['run', scenario, ...options])
  return execa(file, words, { reject: false, cwd: project, stdio: 'ignore' })
}

/** How long a run takes that nobody kills, ms. */
async function wholeRunMs(): Promise<number> {
  const start = performance.now()
  await startRun()
  return performance.now() - start
}

let left = 0
try {
  // Carriers come a moment after both ends are up.
  await setTimeout(2000)
  const before = await state()
  const longestMs = await wholeRunMs()
  console.log(`a whole run takes ${(longestMs / 1000).toFixed(1)} s`)
  for (let kill = 1; kill <= kills; kill += 1) {
    const run = startRun()
    const afterMs = random() * longestMs
    await Promise.race([setTimeout(afterMs), run.then(() => undefined)])
    run.kill('SIGKILL')
    await run
    if (!(await comesBack(before))) {
      left += 1
      console.log(`kill ${kill}, after ${afterMs.toFixed(0)} ms: left\n${await state()}`)
    }
    if (kill % 10 === 0) console.log(`${kill} kills, ${left} left something`)
  }
  console.log(`${kills} kills (seed ${seed}): ${left} left something`)
} finally {
  await there.remove()
  rmSync(folder, { recursive: true })
}
process.exitCode = left > 0 ? 1 : 0
