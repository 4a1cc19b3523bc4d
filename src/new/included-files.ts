/** The headers that a source includes from folders of its own. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { inProject } from '../host/project.ts'

/**
 * All that `source` includes in quotes, however deep, each once: found as bpf/compile.sh has the compiler look, beside
 * the file that includes it, then in pathbench's bpf/. What is in neither is none of the user's files.
 */
export function includedFiles(source: string): string[] {
  const found = new Set<string>()
  const pending = [source]
  for (let file = pending.pop(); file !== undefined; file = pending.pop())
    for (const included of includesOf(file))
      if (!found.has(included)) {
        found.add(included)
        pending.push(included)
      }
  return [...found].toSorted()
}

function includesOf(file: string): string[] {
  const names = readFileSync(file, 'utf8').matchAll(/^\s*#\s*include\s*"([^"\n]+)"/gm)
  return [...names].flatMap(([, name = '']) => {
    const place = [resolve(dirname(file), name), inProject('bpf', name)].find((one) => existsSync(one))
    return place === undefined ? [] : [place]
  })
}
