/** A soak: a given rate for a given time, paths in turns; what became of it, stretch by stretch. */
import type { BenchError } from '../host/errors.ts'
import { readIfThere } from '../host/kernel-file.ts'
import { soaks } from '../keep/rate-store.ts'
import { type Holding, type Soak, soakSchemaVersion } from '../record/soak.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { randomSource, shuffled } from '../stats/random.ts'
import { measureAtRates, type RateSession, type RateSessionInput } from './rate-session.ts'
import { runRateTrials } from './rate-trials.ts'
import type { RoundContext, TellCounted } from './round-context.ts'
import { SoakStretches } from './soak-stretches.ts'

export interface SoakInput extends RateSessionInput {
  readonly ratePps: number
  /** How long packets are offered, over all paths, s. */
  readonly timeS: number
  /** What is to be done with the result while nothing else loads the machine. */
  readonly afterwards: (end: SoakEnd) => Promise<void>
}

export interface SoakEnd {
  readonly soak: Soak
  readonly folder: string
  readonly failure?: BenchError
}

/** @throws BenchError if it could not begin */
export async function measureSoak(input: SoakInput): Promise<void> {
  await measureAtRates(
    input,
    'soak',
    (session) => new LiveSoak(input, session),
    async (soak, end) => {
      const folder = soaks.write(input.resultsFolder, soak)
      await input.afterwards({ soak, folder, ...end })
    },
  )
}

/** A turn of a path: long enough that it is itself again after another's. */
const turnS = 1

/** Stretches of a minute; longer ones where there would be more than these, so that what is kept is bounded. */
const mostStretches = 600
const leastStretchS = 60
/** Of a soak that is shorter than this many minutes. */
const fewestStretches = 10

export const stretchSOf = (timeS: number): number =>
  Math.max(timeS / mostStretches, Math.min(leastStretchS, timeS / fewestStretches))

class LiveSoak {
  readonly #input: SoakInput
  readonly #session: RateSession
  readonly #stretches = new SoakStretches()
  readonly #holdings: Holding[] = []
  #isOver = false

  constructor(input: SoakInput, session: RateSession) {
    this.#input = input
    this.#session = session
  }

  readonly measure = async (
    context: RoundContext,
    round: number,
    paths: readonly ScenarioPath[],
    tellCounted?: TellCounted,
  ): Promise<void> => {
    context.enter('measuring')
    const random = randomSource(this.#input.seed)
    const { ratePps, timeS } = this.#input
    const stretchS = stretchSOf(timeS)
    const startNs = process.hrtime.bigint()
    const spentS = () => Number(process.hrtime.bigint() - startNs) / 1e9
    const durationS = Math.min(turnS, stretchS / paths.length)
    for (let stretch = 0; spentS() < timeS && !context.ending.isDue(); stretch += 1) {
      const atS = spentS()
      const endS = Math.min(timeS, (stretch + 1) * stretchS)
      do {
        const remaining = context.log.remaining(paths)
        const orders = remaining.map((path) => ({ path, ratePps, durationS }))
        this.#stretches.add(await runRateTrials(context, shuffled(orders, random), tellCounted))
        context.showProgress(round, Math.min(1, spentS() / timeS))
      } while (spentS() < endS && !context.ending.isDue())
      this.#stretches.end(atS)
      this.#holdings.push({ atS: spentS(), ...holdingNow() })
      soaks.write(this.#input.resultsFolder, this.record())
    }
    this.#isOver = !context.ending.isDue()
  }

  readonly record = (): Soak => {
    const { ratePps, timeS } = this.#input
    return {
      schemaVersion: soakSchemaVersion,
      soakId: this.#session.id,
      ...this.#session.recordNow(),
      complete: this.#isOver,
      ...{ ratePps, timeS, stretchS: stretchSOf(timeS) },
      stretches: [...this.#stretches.ended],
      holdings: this.#holdings,
    }
  }
}

/** What the machine holds now: what leaks in the kernel's network stack shows as memory that is not given back. */
function holdingNow(): Pick<Holding, 'kernelBytes' | 'availableBytes'> {
  const text = readIfThere('/proc/meminfo')
  const bytesOf = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0) * 1024
  return { kernelBytes: bytesOf('SUnreclaim'), availableBytes: bytesOf('MemAvailable') }
}
