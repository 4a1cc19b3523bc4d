/** A path's way, from the words of the file to steps. */
import { didYouMean } from '../host/nearest.ts'
import type { WayStep } from '../record/record.ts'
import type { Program } from './schema.ts'

/** A program at a hook, whoever put it there. */
type Hooked = Pick<Program, 'program' | 'hook' | 'namespace' | 'device'>

interface ParsedWay {
  readonly steps: readonly WayStep[]
  readonly issues: readonly { readonly index: number; readonly message: string }[]
}

/**
 * Each word names a namespace (its network stack), NAMESPACE/DEVICE, or a program attached on this path: the first of its
 * name, or that in a namespace by NAMESPACE/PROGRAM.
 */
export function parseWay(
  words: readonly string[],
  programs: readonly Hooked[],
  devices: ReadonlyMap<string, readonly string[]>,
): ParsedWay {
  const known = [
    ...devices.keys(),
    ...[...devices].flatMap(([namespace, names]) => names.map((name) => `${namespace}/${name}`)),
    ...programs.flatMap(({ namespace, program }) => [program, `${namespace}/${program}`]),
  ]
  const steps: WayStep[] = []
  const issues: { index: number; message: string }[] = []
  for (const [index, word] of words.entries()) {
    const step = stepOf(word, programs, devices)
    if (step === undefined)
      issues.push({
        index,
        message: `no namespace, NAMESPACE/DEVICE or program "${word}" on this path${didYouMean(word, known)}`,
      })
    else steps.push(step)
  }
  return { steps, issues }
}

function stepOf(
  word: string,
  programs: readonly Hooked[],
  devices: ReadonlyMap<string, readonly string[]>,
): WayStep | undefined {
  if (devices.has(word)) return { through: 'stack', namespace: word }
  const [namespace = '', device = ''] = word.split('/')
  if (devices.get(namespace)?.includes(device)) return { through: 'device', namespace, device }
  const program = programs.find(
    (one) => one.program === word || (one.namespace === namespace && one.program === device),
  )
  if (program === undefined) return undefined
  return {
    through: 'program',
    namespace: program.namespace,
    device: program.device,
    hook: program.hook,
    program: program.program,
  }
}
