/** What a command line changes of a scenario, as it is typed. Pure. */
import { BenchError } from '../../host/errors.ts'
import { shellWord } from '../../host/shell-word.ts'
import type { RunRequest } from '../../record/record.ts'
import { parseYaml } from '../yaml-file.ts'

/** Words of `--family`, `--engine`, `--sink`, `--with`, `--map`, `--constant`, `--set`, `--without`, `--only` and `--load`, by option. */
export type Changes = NonNullable<RunRequest['changes']>

/** A program that a path is to have; the path is made where there is none of its name. */
export interface AddedProgram {
  /** As it was given; the program's own name serves where it was not. */
  readonly path: string | undefined
  readonly object: string
  readonly program: string
  readonly namespace: string
  readonly device: string
  readonly hook: string
}

/** Entries of a map, or the value of a global variable. */
export interface Setting {
  /** Which path's; undefined where there can be only one that is meant. */
  readonly path: string | undefined
  readonly name: string
  readonly value: unknown
}

// A device's name may have any of the marks but a colon; a program's is one of C.
const program =
  /^(?:(?<path>[a-z0-9][a-z0-9-]*)=)?(?<object>.+):(?<program>\w+)@(?<at>[^:]+):(?<hook>[\w/]+)$/

/** @throws BenchError `usage` */
export function parseAddedProgram(text: string): AddedProgram {
  const found = program.exec(text)?.groups
  const [namespace = '', ...device] = found?.at?.split('/') ?? []
  if (found === undefined || device.length === 0)
    throw wrong('--with', text, 'a program and where it goes', 'my.bpf.o:prog@netns-2/veth1@2:tc/ingress')
  return {
    path: found.path,
    object: found.object ?? '',
    program: found.program ?? '',
    namespace,
    device: device.join('/'),
    hook: found.hook ?? '',
  }
}

/** Entries, in YAML as in a scenario file: one or a list. @throws BenchError `usage` */
export function parseMapSetting(text: string): Setting {
  const setting = parseSetting('--map', text, "services='{ key: 1, value: { port: 7000 } }'")
  return { ...setting, value: [setting.value].flat() }
}

/** @throws BenchError `usage` */
export const parseConstant = (text: string): Setting => parseSetting('--constant', text, 'vip=192.168.25.10')

const setting = /^(?:(?<path>[a-z0-9][a-z0-9-]*):)?(?<name>[\w.]+)=(?<value>.+)$/s

function parseSetting(option: string, text: string, example: string): Setting {
  const found = setting.exec(text)?.groups
  if (found === undefined) throw wrong(option, text, 'a name and its value', example)
  const { value, issues } = parseYaml(found.value ?? '')
  if (issues[0] !== undefined) throw wrong(option, text, `a value in YAML (${issues[0].message})`, example)
  return { path: found.path, name: found.name ?? '', value }
}

/** Names of paths, separated by commas. @throws BenchError `usage` where there is none before, between or after them */
export function parseNames(option: string, texts: readonly string[] = []): string[] {
  return texts.flatMap((text) => {
    const names = text.split(',').map((name) => name.trim())
    if (names.includes('')) throw wrong(option, text, 'names of paths', 'redirect,floor')
    return names
  })
}

/** The options that change something: `--with and --map`. */
export const changedBy = (changes: Changes): string =>
  Object.entries(changes)
    .filter(([, said]) => said.length > 0)
    .map(([option]) => `--${option}`)
    .join(' and ')

const wrong = (option: string, text: string, expected: string, example: string): BenchError =>
  new BenchError(`Could not use ${option} ${shellWord(text)}: expected ${expected}, as in ${example}`, {
    trouble: 'usage',
  })
