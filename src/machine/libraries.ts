/** A program with the libraries that it needs, to be taken elsewhere. */
import { realpathSync } from 'node:fs'
import { tryTool } from '../host/tool.ts'

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
