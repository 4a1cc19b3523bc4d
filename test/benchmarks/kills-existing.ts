/**
 * Kills runs on namespaces that are there already with SIGKILL at random moments, and compares these before and after
 * each: programs, filters, links, addresses, routes, rules and sysctls have to be as they were, a path's own setup undone.
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

async function state(): Promise<string> {
  const file = there.fileOf('netns-2')
  const { stdout } = await execa('nsenter', [`--net=${file}`, 'sh', '-c', looks.join('\n')])
  return stdout
}

/** Waits until the state is as before, which the kernel's own tidying delays. */
async function comesBack(before: string): Promise<boolean> {
  for (let look = 0; look < 200; look += 1) {
    if ((await state()) === before) return true
    await setTimeout(50)
  }
  return false
}

let left = 0
try {
  // Carriers come a moment after both ends are up.
  await setTimeout(2000)
  const before = await state()
  for (let kill = 1; kill <= kills; kill += 1) {
    const [file, ...words] = benchCommand([
      'run',
      scenario,
      '--quick',
      '--no-report',
      '--quiet',
      '--results',
      folder,
    ])
    const run = execa(file, words, { reject: false, cwd: project, stdio: 'ignore' })
    const afterMs = random() * 3500
    await Promise.race([setTimeout(afterMs), run])
    run.kill('SIGKILL')
    await run
    if (!(await comesBack(before))) {
      left += 1
      console.log(`kill ${kill}, after ${afterMs.toFixed(0)} ms: left\n${await state()}`)
    }
    if (kill % 50 === 0) console.log(`${kill} kills, ${left} left something`)
  }
  console.log(`${kills} kills (seed ${seed}): ${left} left something`)
} finally {
  await there.remove()
  rmSync(folder, { recursive: true })
}
process.exitCode = left > 0 ? 1 : 0
