/**
 * What the trend of a long history takes.
 *
 *     node test/benchmarks/trend-size.ts [runs]
 *
 * Writes a made-up history of the main scenario (three paths, six metrics each), and times `bench trend` on it as a user
 * would, start of Node included.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { metrics } from '../../src/record/metrics.ts'
import type { RatioValues } from '../../src/trend/history-entry.ts'
import { appendHistory } from '../../src/trend/history-file.ts'
import { benchCommand } from '../netns/bench-command.ts'
import { entryFor } from '../trend/made-up-history.ts'
import { normalNoise } from '../trend/noise.ts'

const runs = Number(process.argv[2] ?? 10_000)
const folder = mkdtempSync(join(tmpdir(), 'pathbench-trend-size-'))
const file = join(folder, 'history.jsonl')
const noise = normalNoise(1)
const followed = metrics.filter(({ headline, load }) => headline && load !== 'http')

const ratio = (run: number): RatioValues => {
  const value = Number(((1 + 0.01 * noise()) * (run < runs / 2 ? 1 : 1.03)).toPrecision(6))
  return [value, Number((value * 0.99).toPrecision(6)), Number((value * 1.01).toPrecision(6))]
}
const ratios = (run: number) => Object.fromEntries(followed.map(({ name }) => [name, ratio(run)]))

/** Peak resident set of a process that ended, by the last line of `ru_maxrss` that it printed. */
const measured = `process.on('exit', () => process.stderr.write(process.resourceUsage().maxRSS + '\\n'))`

try {
  appendHistory(
    file,
    Array.from({ length: runs }, (_, run) =>
      entryFor(run, () => 1, {
        roles: { redirect: 'candidate', control: 'control', floor: 'floor' },
        ratios: { redirect: ratios(run), control: ratios(run), floor: ratios(run) },
      }),
    ),
  )
  console.log(`${runs} runs, ${(statSync(file).size / 2 ** 20).toFixed(1)} MiB of history`)
  const [node, ...words] = benchCommand(['trend', file])
  for (let repetition = 1; repetition <= 5; repetition++) {
    const { durationMs, stderr, stdout } = await execa(node, [
      '--import',
      `data:text/javascript,${encodeURIComponent(measured)}`,
      ...words,
    ])
    const changes = stdout.split('\n').filter((line) => line.includes('agrees')).length
    console.log(
      `${(durationMs / 1000).toFixed(2)} s, ${(Number(stderr.trim()) / 1024).toFixed(0)} MiB, ${changes} changes`,
    )
  }
} finally {
  rmSync(folder, { recursive: true })
}
