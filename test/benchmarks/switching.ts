/**
 * Paths on namespaces that are there already: how long it takes to switch from one to the other, and whether what is
 * measured so agrees with what is measured where both are live.
 *
 *   sudo node test/benchmarks/switching.ts [PAIRS] [arguments of bench run…]     10 pairs of runs by default
 *
 * A pair agrees in a metric where the difference of the two ratios lies within both half-widths, added in quadrature.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { RunRecord } from '../../src/record/record.ts'
import { buildPaths } from '../../src/run/live-paths.ts'
import { PathSwitch } from '../../src/run/path-switch.ts'
import { prepareScenario } from '../../src/run/prepare-scenario.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { lendNamespaces } from '../../src/topology/existing.ts'
import { namespaceFileFor } from '../../src/topology/plan.ts'
import { openSandbox } from '../../src/topology/sandbox.ts'
import { makeThere } from '../netns/there-scenario.ts'

const [pairs = '10', ...runArguments] = process.argv.slice(2)
const project = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'pathbench-switching-'))
const there = await makeThere(`pathbench-switching-${process.pid}`)
const switched = join(folder, 'switched.yaml')
writeFileSync(switched, there.text)

async function timeSwitches(): Promise<void> {
  const scenario = loadScenario(switched)
  const objects = await prepareScenario(scenario)
  const sandbox = await openSandbox()
  const timesMs: number[] = []
  try {
    await lendNamespaces(sandbox, scenario.paths, namespaceFileFor)
    await buildPaths(sandbox, scenario.paths, { objects, ...scenario })
    const pathSwitch = new PathSwitch(sandbox, namespaceFileFor)
    for (let turn = 0; turn < 100; turn += 1)
      for (const path of scenario.paths) {
        const start = performance.now()
        await pathSwitch.to(path)
        timesMs.push(performance.now() - start)
      }
    await pathSwitch.end()
  } finally {
    await sandbox.close()
  }
  timesMs.sort((a, b) => a - b)
  const at = (share: number) => timesMs[Math.floor(share * (timesMs.length - 1))]?.toFixed(2)
  console.log(`a switch: median ${at(0.5)} ms, 99 % within ${at(0.99)} ms, longest ${at(1)} ms`)
}

/** Ratios of the candidate by metric, on the log scale. */
async function ratiosOf(scenario: string): Promise<Map<string, { at: number; half: number }>> {
  const words = [
    'run',
    scenario,
    '--without',
    'floor',
    '--json',
    '--quiet',
    '--no-report',
    '--results',
    folder,
  ]
  const { stdout } = await execa(
    join(project, 'bench'),
    [...words.filter((word) => scenario !== switched || !/floor|--without/.test(word)), ...runArguments],
    { reject: false },
  )
  const { comparisons } = JSON.parse(stdout) as Pick<RunRecord, 'comparisons'>
  return new Map(
    comparisons.flatMap(({ path, metric, ratio: { estimate, low, high } }) =>
      path === 'redirect' && low !== null && high !== null
        ? [[metric, { at: Math.log(estimate), half: Math.log(high / low) / 2 }] as const]
        : [],
    ),
  )
}

const told = ['throughputPps', 'costNs', 'rttNs.p50', 'pacedForwardNs.p50']

try {
  await timeSwitches()
  const agreed = new Map(told.map((metric) => [metric, 0]))
  for (let pair = 1; pair <= Number(pairs); pair += 1) {
    const [live, other] = [await ratiosOf('redirect-vs-stack'), await ratiosOf(switched)]
    const line = told.map((metric) => {
      const [a, b] = [live.get(metric), other.get(metric)]
      if (a === undefined || b === undefined) return `${metric} no interval`
      const agrees = Math.abs(a.at - b.at) <= Math.hypot(a.half, b.half)
      if (agrees) agreed.set(metric, (agreed.get(metric) ?? 0) + 1)
      return `${metric} ${Math.exp(a.at).toFixed(3)} ${agrees ? '=' : '≠'} ${Math.exp(b.at).toFixed(3)}`
    })
    console.log(`pair ${pair} (live, switched): ${line.join('  ')}`)
  }
  console.log([...agreed].map(([metric, count]) => `${metric}: ${count} of ${pairs} agree`).join('\n'))
} finally {
  await there.remove()
  rmSync(folder, { recursive: true })
}
