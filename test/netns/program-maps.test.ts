import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { asRoot } from './as-root.ts'
import { untouchedFrames } from './frames.ts'
import { bringUp, type LivePath } from './live-path.ts'
import { found, mapKindsProgram, mapKindsSource, places } from './map-kinds-program.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'

const pins = '/run/bpf/redirect/0'

/** The path with the program instead of its own. */
async function filled(t: ExecutionContext, further: object = {}): Promise<LivePath> {
  const scenario = changedScenario([
    [['paths', 'redirect', 'programs'], [{ ...mapKindsProgram, ...further }]],
    [['paths', 'redirect', 'way'], undefined],
    [['paths', 'redirect', 'proof'], undefined],
  ])
  const path = await bringUp('redirect', ownScenario(t, scenario, { 'kinds.bpf.c': mapKindsSource }).file)
  t.teardown(path.close)
  return path
}

/** Runs the program once, as for a frame that it does not look at. */
async function look(path: LivePath): Promise<number> {
  const [{ build }] = Object.values(untouchedFrames) as [(typeof untouchedFrames)[string]]
  const frame = build({ sourceMac: '02:00:00:00:00:01', destinationMac: '02:00:00:00:00:02' })
  const run = ['bpftool', '-j', 'prog', 'run', 'pinned', `${pins}/look`, 'data_in', '-'] as const
  const [file, ...rest] = path.enter(run, 'netns-2')
  const { stdout } = await execa(file, rest, { input: frame })
  return (JSON.parse(stdout) as { retval: number }).retval
}

async function dump<Entry>(path: LivePath, map: string): Promise<Entry[]> {
  const json = await path.run('netns-2', ['bpftool', '-j', 'map', 'dump', 'pinned', `${pins}-maps/${map}`])
  return JSON.parse(json) as Entry[]
}

asRoot('a program finds in maps of every kind, and in its variables, what the scenario says', async (t) => {
  const path = await filled(t)
  // It ends in the program that it calls, which lets packets pass.
  t.is(await look(path), 0)
  const seen = await dump<{ formatted: { key: number; value: number } }>(path, 'seen')
  for (const [what, place] of Object.entries(places) as [keyof typeof places, number][])
    t.is(seen.find(({ formatted }) => formatted.key === place)?.formatted.value, found[what], what)
})

asRoot('a value of a per-CPU map is there for every CPU', async (t) => {
  const path = await filled(t)
  const [entry] = await dump<{ formatted: { values: { value: number }[] } }>(path, 'per_cpu_hash')
  const values = entry!.formatted.values.map(({ value }) => value)
  t.true(values.length > 0)
  t.deepEqual([...new Set(values)], [21])
})

asRoot('as many further entries as the scenario says stand beside its own', async (t) => {
  // More than are written at once.
  const path = await filled(t, { background: { hash: 5001, per_cpu_hash: 1 } })
  t.is(await look(path), 0)
  t.is((await dump(path, 'hash')).length, 5002)
  t.is((await dump(path, 'per_cpu_hash')).length, 2)
  const seen = await dump<{ formatted: { key: number; value: number } }>(path, 'seen')
  t.is(seen.find(({ formatted }) => formatted.key === places.hash)?.formatted.value, found.hash)
})

asRoot('a map has room for as many entries as the scenario says', async (t) => {
  const path = await bringUp('dsr-tc', 'dsr-vs-nat', { set: ['flowTable=16'] })
  t.teardown(path.close)
  const placesOf = async (map: string) => {
    const pin = `/run/bpf/dsr-tc/0-maps/${map}`
    const json = await path.run('lbdsr0a', ['bpftool', '-j', 'map', 'show', 'pinned', pin])
    return (JSON.parse(json) as { max_entries: number }).max_entries
  }
  t.deepEqual([await placesOf('flows'), await placesOf('flows6'), await placesOf('services')], [16, 16, 1024])
})
