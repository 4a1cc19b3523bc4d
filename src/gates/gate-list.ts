/** A list of gates in a YAML file, each traced back to its line and column. */
import { z } from 'zod'
import type { FilePath, YamlFile } from '../scenario/yaml-file.ts'
import { GateError, parseGate } from './parse-gate.ts'
import type { Problem } from './problem.ts'
import type { Gate, GateSource } from './rule.ts'

/** Gates that can be read, and what is wrong with the others. */
export interface Found {
  readonly gates: readonly Gate[]
  readonly problems: readonly Problem[]
}

/**
 * The gates of the list at `path`.
 *
 * @param text the whole file
 * @param value what stands at `path`
 * @param file what to call it in errors
 */
export function gatesOf(text: string, yaml: YamlFile, path: FilePath, value: unknown, file: string): Found {
  const lines = text.split('\n')
  const list = z.array(z.unknown()).safeParse(value)
  if (!list.success)
    return {
      gates: [],
      problems: [{ source: { file, ...yaml.positionOf(path) }, message: 'expected a list of gates' }],
    }
  const gates: Gate[] = []
  const problems: Problem[] = []
  for (const [index, item] of list.data.entries()) {
    const { line, column } = yaml.positionOf([...path, index])
    const quote = /^["']/.test(lines[line - 1]?.slice(column - 1) ?? '') ? 1 : 0
    const at = (offset: number): GateSource => ({ file, line, column: column + quote + offset })
    if (typeof item !== 'string') {
      problems.push({ source: at(0), message: 'expected a gate as text, as in "regression <= 3%"' })
      continue
    }
    try {
      gates.push({ text: item.trim(), source: at(0), ...parseGate(item) })
    } catch (error) {
      if (!(error instanceof GateError)) throw error
      problems.push({ source: at(error.offset), message: error.message, text: item })
    }
  }
  return { gates, problems }
}
