/** A copy of the project to which a part is added as CONTRIBUTING.md tells: a file, and a line in the list beside it. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { projectFolder } from '../../src/host/project.ts'

/** A change to the project. Files are named from its folder on. */
export type Change =
  /** A new file. */
  | { readonly file: string; readonly text: string }
  /** Lines put before the line that holds `before`, the first such. */
  | { readonly file: string; readonly before: string; readonly lines: readonly string[] }
  /** A text put behind another, the first such. */
  | { readonly file: string; readonly behind: string; readonly insert: string }

/** What a command printed, and how it ended. */
export interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | undefined
}

export interface ChangedProject {
  readonly folder: string
  /** Runs `bench` of the copy. */
  readonly bench: (...words: string[]) => Promise<Ended>
}

/** The project with `changes`; gone with the test. */
export function projectWith(t: ExecutionContext, changes: readonly Change[]): ChangedProject {
  const folder = mkdtempSync(join(tmpdir(), 'pathbench-parts-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  for (const name of readdirSync(projectFolder)) {
    const [from, to] = [join(projectFolder, name), join(folder, name)]
    if (name === 'src') cpSync(from, to, { recursive: true })
    else if (name !== 'results' && name !== 'reports') symlinkSync(from, to)
  }
  for (const change of changes) apply(join(folder, change.file), change)
  return {
    folder,
    bench: async (...words) => {
      const command = [join(folder, 'src', 'cli', 'main.ts'), ...words]
      const { stdout, stderr, exitCode } = await execa(process.execPath, command, {
        cwd: folder,
        reject: false,
      })
      return { stdout, stderr, exitCode }
    },
  }
}

function apply(file: string, change: Change): void {
  if ('text' in change) {
    writeFileSync(file, change.text, { flag: 'wx' })
    return
  }
  const text = readFileSync(file, 'utf8')
  if ('behind' in change) {
    if (!text.includes(change.behind)) throw new Error(`nothing in ${change.file} is ${change.behind}`)
    writeFileSync(file, text.replace(change.behind, change.behind + change.insert))
    return
  }
  const lines = text.split('\n')
  const at = lines.findIndex((line) => line.includes(change.before))
  if (at === -1) throw new Error(`no line of ${change.file} holds ${change.before}`)
  writeFileSync(file, [...lines.slice(0, at), ...change.lines, ...lines.slice(at)].join('\n'))
}
