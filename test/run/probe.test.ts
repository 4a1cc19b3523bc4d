import test from 'ava'
import { noTraffic } from '../../src/parts/traffic.ts'
import { probePaths, type ProbeTools } from '../../src/run/probe.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'

const { paths, load } = loadScenario(findScenario('redirect-vs-stack'))

/** Tools that ask paths of which those in `dead` do not answer; the run is interrupted while the one of this name is asked. */
function toolsWith(asked: string[], dead: readonly string[], interruptedAt: string): ProbeTools {
  let isInterrupted = false
  const driver = {
    tries: 1,
    ask: ({ name }: { name: string }) => {
      asked.push(name)
      isInterrupted ||= name === interruptedAt
      const reason = dead.includes(name) ? { reason: 'no answer' } : {}
      return Promise.resolve({ reason: undefined, traffic: noTraffic, ...reason })
    },
  }
  const generator = {
    countProgramRuns: () => Promise.resolve(),
    at: () => ({ programRuns: () => Promise.resolve([]), readTables: () => Promise.resolve([]) }),
  }
  return {
    drivers: { all: () => [driver] },
    generator,
    sandbox: { at: () => ({}) },
    pathSwitch: undefined,
    client: 'netns-1',
    isInterrupted: () => isInterrupted,
  } as unknown as ProbeTools
}

const probed = async (dead: readonly string[], interruptedAt: string, endsEarly: boolean) => {
  const asked: string[] = []
  const plain = paths.map((path) => ({ ...path, programs: [] }))
  const takeDown = () => Promise.resolve(plain)
  const results = await probePaths(toolsWith(asked, dead, interruptedAt), plain, load, {
    takeDown,
    endsEarly,
  })
  return { asked, results: results.map(({ path, reason }) => [path.name, reason]) }
}

const names = paths.map(({ name }) => name)

test('what does not answer once a run is interrupted is not blamed, and no other is asked', async (t) => {
  t.deepEqual(await probed(['redirect'], 'redirect', true), {
    asked: ['stack', 'redirect'],
    results: [['stack', undefined]],
  })
})

test('after measuring an interrupt keeps no path from its proof', async (t) => {
  const { asked, results } = await probed(['redirect'], 'stack', false)
  t.deepEqual(asked, names)
  t.deepEqual(
    results,
    names.filter((name) => name !== 'redirect').map((name) => [name, undefined]),
  )
})
