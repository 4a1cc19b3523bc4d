/** Progress on stderr: live lines on a terminal, a plain line per round elsewhere, or nothing. */
import { clearScreenDown, moveCursor } from 'node:readline'
import { leadMetrics } from '../../record/lead-metrics.ts'
import type { Comparison } from '../../record/record.ts'
import { formatBareChangeRange, formatChange, percentDigits } from '../../words/numbers.ts'
import { shortNoun } from '../../record/metric-words.ts'
import type { Phase, Progress, RoundProgress } from '../../run/progress.ts'
import { styled, tell } from './output.ts'
import { roughTime } from '../../words/wall-time.ts'

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
  trace: 'following packets',
  analysis: 'computing intervals',
}

/** The display that suits: none for --quiet, a live one for a terminal, a plain one for a log. */
export function createDisplay({ quiet = false }: { readonly quiet?: boolean }): Display {
  if (quiet) return silentDisplay()
  return process.stderr.isTTY ? liveDisplay(process.stderr) : plainDisplay()
}

const nothing = () => undefined

const silentDisplay = (): Display => ({
  phase: nothing,
  block: nothing,
  estimates: nothing,
  warning: tell,
  end: nothing,
})

const shown = (comparisons: readonly Comparison[]): string[] =>
  leadMetrics(comparisons.map(({ metric }) => metric))

function estimateText({ ratio: { estimate, low, high } }: Comparison): string {
  const digits = percentDigits(low, high)
  const range = low === null || high === null ? 'no interval yet' : formatBareChangeRange(low, high, digits)
  return `${formatChange(estimate, digits)} (${range})`
}

/** A line for each path, with its metrics. */
const pathLines = (comparisons: readonly Comparison[]): string[] =>
  [...Map.groupBy(comparisons, ({ path }) => path)].map(([path, own]) => {
    const texts = shown(comparisons).flatMap((name) => {
      const one = own.find(({ metric }) => metric === name)
      return one === undefined ? [] : [`${estimateText(one)} ${shortNoun(name)}`]
    })
    return `  ${path}  ${texts.join(', ')}`
  })

function plainDisplay(): Display {
  let round: RoundProgress | undefined
  return {
    ...silentDisplay(),
    block: (progress) => {
      round = progress
    },
    estimates: (comparisons) => {
      if (round === undefined) return
      const [first = ''] = shown(comparisons)
      const texts = comparisons
        .filter(({ metric }) => metric === first)
        .map((one) => `${one.path} ${estimateText(one)}`)
      tell(`${roundText(round)}  ${first === '' ? '' : `${shortNoun(first)}: `}${texts.join(', ')}`)
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
    // What has scrolled off cannot be erased, and a line that wraps would be two to erase.
    const lines = [headLine(phase, round, stream), ...pathLines(comparisons)].slice(
      0,
      (stream.rows || 24) - 1,
    )
    erase()
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

const barLength = 16

function headLine(phase: Phase, round: RoundProgress | undefined, stream: NodeJS.WriteStream): string {
  if (round === undefined) return phaseWords[phase]
  const filled = Math.round(shareOf(round) * barLength)
  const bar = `${'█'.repeat(filled)}${styled('dim', '░'.repeat(barLength - filled), stream)}`
  return `${bar} ${roundText(round)}  ${phaseWords[phase]}`
}

/** Of the whole run, as far as it is planned. */
const shareOf = ({ round, rounds, share }: RoundProgress): number => (round - 1 + share) / rounds

/** Before so much is done, nothing is said of what is left. */
const leastShare = 0.05

/** `round 3/12, 5.1 s, 15 s left`. */
function roundText(progress: RoundProgress): string {
  const { round, rounds, elapsedS } = progress
  const done = shareOf(progress)
  const isKnown = done >= leastShare && done < 1
  const left = isKnown ? `, ${roughTime((elapsedS / done) * (1 - done))} left` : ''
  return `round ${round}/${rounds}, ${elapsedS.toFixed(1)} s${left}`
}
