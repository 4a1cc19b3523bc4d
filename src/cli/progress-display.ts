/** Progress on stderr: live lines on a terminal, a plain line a round elsewhere, or nothing. */
import { clearScreenDown, moveCursor } from 'node:readline'
import { metricNamed, metrics } from '../results/metrics.ts'
import type { Comparison } from '../results/record.ts'
import { formatChange, formatChangeRange, percentDigits } from '../report/format.ts'
import { metricWords } from '../results/metric-words.ts'
import type { Phase, Progress, RoundProgress } from '../run/progress.ts'
import { styled, tell } from './output.ts'

export interface Display extends Progress {
  /** Takes the live lines away, so that other words can follow. */
  readonly end: () => void
}

const phaseWords: Readonly<Record<Phase, string>> = {
  setup: 'setting up',
  build: 'building the topologies',
  probe: 'probing the paths',
  warmup: 'warming up',
  measuring: 'measuring',
  proof: 'reading the proof',
  teardown: 'taking the topologies down',
  analysis: 'computing intervals',
}

/** The display that suits: `none` for --quiet, `live` for a terminal, `plain` for a log. */
export function createDisplay(kind: 'none' | 'live' | 'plain'): Display {
  if (kind === 'live') return liveDisplay(process.stderr)
  return kind === 'plain' ? plainDisplay() : silentDisplay()
}

const nothing = () => undefined

const silentDisplay = (): Display => ({
  phase: nothing,
  block: nothing,
  estimates: nothing,
  warning: tell,
  end: nothing,
})

/** Throughput and median round trip of each path, as far as they are measured. */
function shown(comparisons: readonly Comparison[]): Comparison[] {
  const headline = metrics.filter((metric) => metric.headline).map(({ name }) => name)
  const first = headline.filter((name) => comparisons.some(({ metric }) => metric === name))
  const wanted = first.filter((name) => name === 'throughputPps' || name.endsWith('.p50')).slice(0, 2)
  return comparisons.filter(({ metric }) => wanted.includes(metric))
}

function estimateText({ path, baseline, metric, ratio: { estimate, low, high } }: Comparison): string {
  const digits = percentDigits(low, high)
  const range = low === null || high === null ? 'no interval yet' : formatChangeRange(low, high, digits)
  const unit = metricNamed(metric)?.better === 'higher' ? '' : ', less is better'
  return `${path} / ${baseline}  ${metricWords(metric).noun}  ${formatChange(estimate, digits)} (${range}${unit})`
}

function plainDisplay(): Display {
  let round: RoundProgress | undefined
  return {
    ...silentDisplay(),
    block: (progress) => {
      round = progress
    },
    estimates: (comparisons) => {
      if (round === undefined) return
      const texts = shown(comparisons)
        .filter(({ metric }) => metric === shown(comparisons)[0]?.metric)
        .map(estimateText)
      tell(`round ${round.round}/${round.rounds}  ${round.elapsedS.toFixed(1)} s  ${texts.join('  ')}`)
    },
  }
}

function liveDisplay(stream: NodeJS.WriteStream): Display {
  let lineCount = 0
  let phase: Phase = 'setup'
  let round: RoundProgress | undefined
  let comparisons: readonly Comparison[] = []
  const erase = () => {
    if (lineCount > 0) moveCursor(stream, 0, -lineCount)
    clearScreenDown(stream)
    lineCount = 0
  }
  const draw = () => {
    const lines = [
      headLine(phase, round, stream),
      ...shown(comparisons).map((one) => `  ${estimateText(one)}`),
    ]
    erase()
    // A line that wraps would be two to erase.
    const fitting = lines.map((line) =>
      line.length > stream.columns ? line.slice(0, stream.columns - 1) : line,
    )
    stream.write(`${fitting.join('\n')}\n`)
    lineCount = lines.length
  }
  return {
    phase: (next) => {
      // A block is too short to be drawn at its start and its end.
      const isMeasuring = (one: Phase) => one === 'measuring' || one === 'warmup'
      const isSame = isMeasuring(phase) && isMeasuring(next)
      phase = next
      if (!isSame) draw()
    },
    block: (progress) => {
      round = progress
      draw()
    },
    estimates: (next) => {
      comparisons = next
      draw()
    },
    warning: (message) => {
      erase()
      tell(message)
    },
    end: erase,
  }
}

const barLength = 24

function headLine(phase: Phase, round: RoundProgress | undefined, stream: NodeJS.WriteStream): string {
  if (round === undefined) return phaseWords[phase]
  const done = (round.round - 1 + round.share) / round.rounds
  const filled = Math.round(done * barLength)
  const bar = `${'█'.repeat(filled)}${styled('dim', '░'.repeat(barLength - filled), stream)}`
  return `${bar} round ${round.round}/${round.rounds}, ${round.elapsedS.toFixed(1)} s  ${phaseWords[phase]}`
}
