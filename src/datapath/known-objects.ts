/**
 * Which object a source was last compiled to, and whether that is so still: asking the compiler takes a tenth of a second,
 * and starting a shell for each of twenty programs takes half of one.
 *
 * An answer is kept with what the kernel says of each file that it came from, and of each folder in which headers were
 * looked for, as one that comes may be found before another: inode, size, and times, of which that of the last change
 * (ctime) is not for writers to set.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { makeFolders } from '../host/make-folders.ts'
import { inProject } from '../host/project.ts'
import { putFile } from '../host/unfinished.ts'

/** An object made of a source. */
export interface Compiled {
  readonly file: string
  /** What the compiler had to say of the source, or empty. */
  readonly warnings: string
}

/** Of what the compiler is told, all that is no file. */
const settings = ['PATH', 'CLANG', 'STRIP', 'CPATH', 'C_INCLUDE_PATH'] as const

const knownSchema = z.object({ file: z.string(), states: z.record(z.string(), z.string()) })

const placeOf = (source: string, folder: string): string => {
  const asked = [source, process.cwd(), ...settings.map((name) => process.env[name] ?? '')]
  return join(folder, 'known', `${createHash('sha256').update(JSON.stringify(asked)).digest('hex')}.json`)
}

/** What a file's state is while nobody writes it; that there is none is one, too. */
function stateOf(file: string): { readonly state: string; readonly changedMs: number } {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  if (found === undefined) return { state: 'none', changedMs: 0 }
  const { dev, ino, size, mtimeNs, ctimeNs } = found
  return {
    state: [dev, ino, size, mtimeNs, ctimeNs].join(' '),
    changedMs: Number(ctimeNs / 1_000_000n),
  }
}

/** The object of a source, where nothing that it was made of has changed; in doubt there is none. */
export function recall(source: string, folder: string): Compiled | undefined {
  try {
    const { file, states } = knownSchema.parse(JSON.parse(readFileSync(placeOf(source, folder), 'utf8')))
    if (!existsSync(file)) return undefined
    if (Object.entries(states).some(([one, state]) => stateOf(one).state !== state)) return undefined
    const now = new Date()
    // How long it has not been used: old ones are removed by bpf/compile.sh.
    utimesSync(dirname(file), now, now)
    return { file, warnings: warningsOf(file) }
  } catch {
    return undefined
  }
}

function warningsOf(file: string): string {
  const kept = join(dirname(file), 'warnings')
  return existsSync(kept) ? readFileSync(kept, 'utf8').trim() : ''
}

/** What was changed a moment ago may be changed again within the same tick of the kernel's clock: it is not kept. */
const settledMs = 1000

/**
 * Keeps an answer, by the list of files that bpf/compile.sh wrote beside the object. Without a place to keep it, as under a
 * folder of another user's, it is asked for again.
 *
 * @param beganMs when the compiler was asked, of Date.now()
 */
export function remember(source: string, folder: string, file: string, beganMs: number): void {
  try {
    const files = readFileSync(join(dirname(file), 'files'), 'utf8')
      .split('\n')
      .filter(Boolean)
    const found = [...files, inProject('bpf', 'compile.sh')].map((one) => [one, stateOf(one)] as const)
    if (found.some(([, { changedMs }]) => changedMs > beganMs - settledMs)) return
    const place = placeOf(source, folder)
    const states = Object.fromEntries(found.map(([one, { state }]) => [one, state]))
    makeFolders(dirname(place))
    putFile(place, JSON.stringify({ file, states }))
  } catch {
    return
  }
}
