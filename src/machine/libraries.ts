/** A program with the libraries that it needs, to be taken elsewhere. */
import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { tryTool } from '../host/tool.ts'

/** Where a program is that PATH leads to; undefined where it is nowhere. */
export const findProgram = (name: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })

/** The files that ldd(1) names, the loader among them; none for a static program. Pure. */
export const librariesIn = (text: string): string[] => [
  ...new Set(text.split('\n').flatMap((line) => /^\s+(?:\S+ => )?(\/\S+) \(0x/.exec(line)?.slice(1) ?? [])),
]

/** The libraries of programs, by the names by which they are looked for. */
export async function librariesOf(programs: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(
    // ldd fails for a static program, which has none.
    programs.map(async (program) => (await tryTool(['ldd', realpathSync(program)])).stdout),
  )
  return [...new Set(texts.flatMap(librariesIn))]
}
