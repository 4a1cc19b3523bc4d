/** Load from this machine, over paths on another host: counters and programs of that are read there, by a generator of its own. */
import { basename } from 'node:path'
import { type Generator, startGenerator } from '../load/generator.ts'
import { namespaceOfFile } from '../topology/plan.ts'
import type { SandboxParts } from '../topology/sandbox.ts'

/**
 * Starts both.
 *
 * @param away the namespaces of that host, as the scenario calls them
 * @throws BenchError as `startGenerator`
 */
export async function startJoinedGenerator(
  { local, remote }: SandboxParts,
  away: ReadonlySet<string>,
): Promise<Generator> {
  const here = await startGenerator(local)
  const there = await startGenerator(remote, remote.roundTrips).catch(async (error: unknown) => {
    await here.stop()
    throw error
  })
  return joinedGenerator(here, there, away)
}

/** What is sent, received and timed is `here`'s; programs are `there`. */
export function joinedGenerator(here: Generator, there: Generator, away: ReadonlySet<string>): Generator {
  const isAway = (file: string) => away.has(namespaceOfFile(basename(file)))
  /** What each tells of its namespaces, in the order of `files`. */
  const readOnBoth = async <Told>(
    files: readonly string[],
    read: (generator: Generator, own: readonly string[]) => Promise<readonly Told[]>,
  ): Promise<Told[]> => {
    const told = new Map<string, Told>()
    for (const [generator, own] of [
      [there, files.filter(isAway)],
      [here, files.filter((file) => !isAway(file))],
    ] as const) {
      const answers = own.length === 0 ? [] : await read(generator, own)
      for (const [index, file] of own.entries()) told.set(file, answers[index]!)
    }
    return files.map((file) => told.get(file)!)
  }
  const joined: Generator = {
    ...here,
    at: () => joined,
    countProgramRuns: there.countProgramRuns,
    programCost: there.programCost,
    readMapValues: there.readMapValues,
    readProgramRuns: there.readProgramRuns,
    readCounters: async (files, withDrivers) =>
      await readOnBoth(files, (generator, own) => generator.readCounters(own, withDrivers)),
    readTables: async (files) => await readOnBoth(files, (generator, own) => generator.readTables(own)),
    stop: async () => {
      await Promise.allSettled([there.stop(), here.stop()])
    },
  }
  return joined
}
