/** The command line that repeats a run: the same settings and, by the seed, the same random order. Pure. */
import { asCalled } from '../host/project.ts'
import { shellWord } from '../host/shell-word.ts'
import type { Changes } from '../scenario/changes/words.ts'
import type { RunRequest } from '../record/record.ts'
import { defaultMargin } from './settings.ts'

const percent = (ratio: number): string => `${Number((ratio * 100).toPrecision(6))}%`

const flag = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [`--${name}`, shellWord(String(value))]

export const commandText = (request: RunRequest, seed: number): string =>
  [asCalled('sudo ./bench'), ...whatWords(request), ...optionWords(request), ...flag('seed', seed)].join(' ')

/** The command that says where the packets of a path end. */
export const explainCommand = (request: RunRequest, path: string): string =>
  [
    asCalled('sudo ./bench'),
    ...whatWords({ ...request, command: 'explain', changes: withoutFloods(request.changes) }),
    ...flag('path', path),
  ].join(' ')

/** How floods are sent, and where they end, is nothing to one packet. */
const withoutFloods = ({ engine: _engine, sink: _sink, ...others }: Changes = {}): Changes => others

function whatWords({
  command,
  scenario,
  versions,
  changes = {},
  kernels = [],
  path,
}: Omit<RunRequest, 'command'> & { readonly command: string }): string[] {
  return [
    command,
    shellWord(scenario),
    ...flag('base', versions?.base),
    ...flag('head', versions?.head),
    ...kernelWords(command, kernels),
    ...flag('path', versions?.path ?? path),
    ...Object.entries(changes).flatMap(([name, texts]) => [texts].flat().flatMap((text) => flag(name, text))),
  ]
}

const kernelWords = (command: string, kernels: readonly string[]): string[] =>
  kernels.flatMap((kernel, index) =>
    flag(command === 'ab' ? ['base-kernel', 'head-kernel'][index]! : 'kernel', kernel),
  )

function optionWords({ options, cpus }: RunRequest): string[] {
  const { quick, precision, maxTimeS, rounds, blocks, margin, payloadBytes, ratePps, receiver } = options
  return [
    ...(quick ? ['--quick'] : []),
    ...flag('precision', precision === undefined ? undefined : percent(precision)),
    ...flag('max-time', maxTimeS === undefined ? undefined : `${maxTimeS}s`),
    ...flag('rounds', rounds),
    ...flag('blocks', blocks),
    ...flag('margin', margin === defaultMargin ? undefined : percent(margin)),
    ...flag('payload', payloadBytes),
    ...flag('rate', ratePps),
    ...flag('cpus', cpus),
    ...flag('receiver', receiver === 'spinning' ? undefined : receiver),
  ]
}
