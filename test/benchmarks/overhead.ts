/**
 * What a run costs beside measuring: building and removing all topologies, the share of its wall time
 * that is not blocks of trials, and peak memory with few and with many packets.
 *
 *   sudo node test/benchmarks/overhead.ts [arguments of bench run…]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { prepareScenario } from '../../src/run/prepare-scenario.ts'
import { buildPaths, removePaths } from '../../src/run/live-paths.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { openSandbox } from '../../src/topology/sandbox.ts'
import type { RunRecord } from '../../src/record/record.ts'

const runArguments = process.argv.slice(2)
const project = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'pathbench-overhead-'))

async function buildAndRemove(): Promise<void> {
  const scenario = loadScenario(findScenario('redirect-vs-stack'))
  const objects = await prepareScenario(scenario)
  const sandbox = await openSandbox()
  const timesMs: number[] = []
  for (let repetition = 0; repetition < 10; repetition += 1) {
    const start = performance.now()
    await buildPaths(sandbox, scenario.paths, { objects, load: scenario.load })
    await removePaths(sandbox, scenario.paths, scenario)
    timesMs.push(performance.now() - start)
  }
  await sandbox.close()
  timesMs.sort((a, b) => a - b)
  console.log(
    `building, attaching and removing ${scenario.paths.length} topologies: median ${timesMs[5]?.toFixed(0)} ms, longest ${timesMs[9]?.toFixed(0)} ms`,
  )
}

/** A whole run, under GNU time's eye: wall seconds, peak memory, and the record. */
async function wholeRun(title: string, scenario: string): Promise<void> {
  const start = performance.now()
  const { stdout, stderr } = await execa(
    '/usr/bin/time',
    [
      '-f',
      'peak %M',
      join(project, 'bench'),
      'run',
      scenario,
      '--json',
      '--quiet',
      '--results',
      folder,
      '--reports',
      folder,
      ...runArguments,
    ],
    { reject: false },
  )
  const wallS = (performance.now() - start) / 1000
  const { phasesNs } = JSON.parse(stdout) as Pick<RunRecord, 'phasesNs'>
  const blocksS = ((phasesNs.measuring ?? 0) + (phasesNs.warmup ?? 0)) / 1e9
  const peakMb = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1000
  console.log(
    `${title}: ${wallS.toFixed(1)} s, of them ${blocksS.toFixed(1)} s blocks of trials (${((phasesNs.warmup ?? 0) / 1e9).toFixed(1)} s warm-up), ${((1 - blocksS / wallS) * 100).toFixed(0)} % other; peak memory ${peakMb.toFixed(0)} MB`,
  )
}

try {
  await buildAndRemove()
  await wholeRun('default run', 'redirect-vs-stack')
  const source = readFileSync(join(project, 'scenarios', 'redirect-vs-stack.yaml'), 'utf8')
  const large = join(folder, 'large.yaml')
  writeFileSync(
    large,
    source.replace(/packets: (\d+)/g, (_, packets: string) => `packets: ${Number(packets) * 10}`),
  )
  await wholeRun('ten times the packets a trial', large)
} finally {
  rmSync(folder, { recursive: true })
}
