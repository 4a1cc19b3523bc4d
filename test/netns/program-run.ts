/** The program run by the kernel on one frame, without a network around it (BPF_PROG_TEST_RUN). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { LivePath } from './live-path.ts'

/** Return codes of TC programs (include/uapi/linux/pkt_cls.h). */
export const actions = { ok: 0, redirect: 7 } as const

export interface ProgramRun {
  readonly action: number
  /** The frame as the program left it. */
  readonly frame: Buffer
}

// struct __sk_buff of include/uapi/linux/bpf.h. Of its fields a caller may set few; the device is one,
// and from its MAC address the kernel tells whether a frame is for this host. The others are zero.
const contextBytes = 192
const ifindexAt = 40

/**
 * Runs the program that path `redirect` attaches on `frame`, as if it came in by the device `ifindex`
 * of netns-2.
 */
export async function runProgram(path: LivePath, ifindex: number, frame: Buffer): Promise<ProgramRun> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-program-run-'))
  try {
    const context = Buffer.alloc(contextBytes)
    context.writeUInt32LE(ifindex, ifindexAt)
    writeFileSync(join(folder, 'context'), context)
    const bpftool = ['bpftool', '-j', 'prog', 'run', 'pinned', '/run/bpf/redirect/0/redirect'] as const
    const data = ['data_in', '-', 'data_out', '-', 'ctx_in', join(folder, 'context')]
    const [file, ...rest] = path.enter([...bpftool, ...data], 'netns-2')
    const { stdout } = await execa(file, rest, { input: frame })
    const { retval, data_out: out } = JSON.parse(stdout) as { retval: number; data_out: string[] }
    return { action: retval, frame: Buffer.from(out.map(Number)) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
