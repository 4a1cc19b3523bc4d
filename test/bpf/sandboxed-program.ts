/** BPF objects loaded in a sandbox with a small network, for their programs to be run on frames. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Btf } from '../../src/datapath/btf.ts'
import { encode } from '../../src/datapath/encode.ts'
import { readBtf } from '../../src/datapath/read-btf.ts'
import type { Values } from '../../src/scenario/schema.ts'
import { openSandbox, type Sandbox } from '../../src/topology/sandbox.ts'
import type { Step } from '../../src/topology/steps.ts'

/** Return codes (include/uapi/linux/bpf.h, include/uapi/linux/pkt_cls.h). */
export const xdpActions = { drop: 1, pass: 2, tx: 3, redirect: 4 } as const
export const tcActions = { ok: 0 } as const

/**
 * The shortest frames that the kernel runs a program on (net/bpf/test_run.c): TC ones have a whole IPv4
 * header where the type says so.
 */
export const leastFrameBytes = { xdp: 14, tc: 34 } as const

export interface Outcome {
  readonly action: number
  /** The frame as the program left it. */
  readonly frame: Buffer
}

export interface Programs {
  /** Runs a program on frames, one after the other, as if by device `eth0`. */
  readonly run: (program: string, frames: readonly Buffer[]) => Promise<Outcome[]>
  /** Writes entries of a map, by the names of their fields. */
  readonly write: (map: string, entries: readonly (readonly [key: Values, value: Values])[]) => Promise<void>
  readonly remove: (map: string, keys: readonly Values[]) => Promise<void>
  /** How many entries a map has. */
  readonly count: (map: string) => Promise<number>
  /** Sets whether the sandbox forwards IPv4. */
  readonly setForwarding: (isOn: boolean) => Promise<void>
  readonly sandbox: Sandbox
  /** Loads the programs anew: their maps are empty then. */
  readonly reload: () => Promise<void>
  readonly close: () => Promise<void>
}

const project = join(import.meta.dirname, '..', '..')
/** Where programs are pinned in the sandbox, by their names. */
export const pins = '/run/bpf/object'
const mapPins = '/run/bpf/maps'

/** Loads `bpf/<name>.bpf.c` in a sandbox of its own, whose network `network`, lines of `ip -batch`, makes. */
export async function loadPrograms(name: string, network: readonly string[]): Promise<Programs> {
  const object = join(project, 'build', 'bpf', `${name}.bpf.o`)
  const folder = mkdtempSync(join(tmpdir(), 'bench-run-frames-'))
  const runner = join(folder, 'run-frames')
  await execa('make', ['-s', '-C', join(project, 'bpf'), `../build/bpf/${name}.bpf.o`])
  await execa('clang', ['-O2', '-Wall', '-Werror', '-o', runner, join(import.meta.dirname, 'run-frames.c')])
  const btf = await readBtf(object, readFileSync(object))
  const sandbox = await openSandbox()
  const close = async () => {
    await sandbox.close()
    rmSync(folder, { recursive: true })
  }
  try {
    const load: Step = {
      command: ['bpftool', 'prog', 'loadall', object, pins, 'pinmaps', mapPins],
      what: `load ${name}`,
    }
    const unload: Step = { command: ['rm', '-r', pins, mapPins], what: `unload ${name}` }
    await sandbox.run([
      { command: ['ip', '-batch', '-'], input: joined(network), what: 'make the network' },
      load,
    ])
    const reload = async () => {
      await sandbox.run([unload, load])
    }
    return { ...programsIn(sandbox, runner, btf), sandbox, reload, close }
  } catch (error) {
    await close()
    throw error
  }
}

function programsIn(
  sandbox: Sandbox,
  runner: string,
  btf: Btf,
): Omit<Programs, 'sandbox' | 'reload' | 'close'> {
  const hex = (typeId: number, value: Values): string =>
    `hex ${[...encode(btf, typeId, value, (inner) => inner)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`
  const batch = async (lines: readonly string[], what: string) => {
    await sandbox.run([{ command: ['bpftool', 'batch', 'file', '-'], input: joined(lines), what }])
  }
  const types = (map: string) => {
    const { key, value } = btf.maps.get(map)!
    return { key: key!, value: value! }
  }
  return {
    run: async (program, frames) => {
      const [file, ...rest] = sandbox.enter([runner, `${pins}/${program}`, 'eth0'])
      const { stdout } = await execa(file, rest, {
        input: framed(frames),
        encoding: 'buffer',
        // A frame may end in what is a newline in text.
        stripFinalNewline: false,
      })
      return parseOutcomes(Buffer.from(stdout))
    },
    write: (map, entries) =>
      batch(
        entries.map(
          ([key, value]) =>
            `map update pinned ${mapPins}/${map} key ${hex(types(map).key, key)} value ${hex(types(map).value, value)}`,
        ),
        `fill map ${map}`,
      ),
    remove: (map, keys) =>
      batch(
        keys.map((key) => `map delete pinned ${mapPins}/${map} key ${hex(types(map).key, key)}`),
        `remove from map ${map}`,
      ),
    count: async (map) => {
      const dump = ['bpftool', '-j', 'map', 'dump', 'pinned', `${mapPins}/${map}`] as const
      const [json = ''] = await sandbox.run([{ command: dump, what: `read map ${map}` }])
      return (JSON.parse(json) as unknown[]).length
    },
    setForwarding: async (isOn) => {
      const set = `echo ${isOn ? 1 : 0} >/proc/sys/net/ipv4/ip_forward`
      await sandbox.run([{ command: ['sh', '-c', set], what: 'set forwarding' }])
    },
  }
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** Frames as run-frames reads them. */
function framed(frames: readonly Buffer[]): Buffer {
  return Buffer.concat(
    frames.flatMap((frame) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(frame.length)
      return [length, frame]
    }),
  )
}

function parseOutcomes(bytes: Buffer): Outcome[] {
  const outcomes: Outcome[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 8 + bytes.readUInt32LE(at + 4)
    outcomes.push({ action: bytes.readUInt32LE(at), frame: bytes.subarray(at + 8, end) })
    at = end
  }
  return outcomes
}
