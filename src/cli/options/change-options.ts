/** The options by which a command line changes a scenario for once. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { engineNames, engines } from '../../parts/engines/engines.ts'
import { sinkNames } from '../../parts/sinks/sinks.ts'
import { builtInSettings } from '../../scenario/changes/set.ts'
import type { Changes } from '../../scenario/changes/words.ts'

export type ChangeFlags = Changes

export const collect = (text: string, before: readonly string[] = []): string[] => [...before, text]

/** Adds the options to a command. */
export const addChangeOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--family <n>', 'measure over IPv4 or IPv6, where the scenario is written for both').choices(
        ['4', '6'],
      ),
    )
    .option(
      '--with <program>',
      'add a candidate: [PATH=]OBJECT:PROGRAM@NAMESPACE/DEVICE:HOOK, as in my.bpf.o:prog@netns-2/veth1@2:tc/ingress; the same PATH again adds a program to it',
      collect,
    )
    .option(
      '--map <entries>',
      "fill a map of it: [PATH:]MAP=ENTRIES in YAML, as in services='{ key: 1, value: 2 }'",
      collect,
    )
    .option(
      '--constant <value>',
      'set a global variable of it: [PATH:]NAME=VALUE, as in vip=192.168.25.10',
      collect,
    )
    .option(
      '--set <value>',
      `set a parameter of the scenario, or ${Object.keys(builtInSettings).join(', ')}: NAME=VALUE, as in rules=100`,
      collect,
    )
    .option('--without <paths>', 'leave paths out, as in redirect,floor', collect)
    .option('--load <name>', 'measure with this one of the scenario’s `loads` instead of its `load`', collect)
    .option('--only <paths>', 'leave out all but these, the baseline and its control', collect)

/** `; gso has 16 times as many packets in a trial`. */
const longerTrials = (): string =>
  engines
    .filter(({ moreByRoughly }) => moreByRoughly > 1)
    .map(({ name, moreByRoughly }) => `; ${name} has ${moreByRoughly} times as many packets in a trial`)
    .join('')

/** Adds the options that say how floods are sent and where they are taken, to a command that measures floods, or shows what would be. */
export const addEngineOption = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--engine <name>',
        `how the packets of floods are handed to the kernel, instead of the scenario’s${longerTrials()}`,
      ).choices(engineNames),
    )
    .addOption(
      new Option(
        '--sink <name>',
        'where the packets of floods are taken, instead of the scenario’s; xdp: at the server’s devices, before its stack',
      ).choices(sinkNames),
    )

/** What the flags change of a scenario: nothing where there is none of them. */
export function changesOf({
  family,
  engine,
  sink,
  with: programs,
  map,
  constant,
  set,
  without,
  only,
  load,
}: ChangeFlags): Changes {
  return {
    ...(family === undefined ? {} : { family }),
    ...(engine === undefined ? {} : { engine }),
    ...(sink === undefined ? {} : { sink }),
    ...(programs === undefined ? {} : { with: programs.map(withWholePath) }),
    ...(map === undefined ? {} : { map }),
    ...(constant === undefined ? {} : { constant }),
    ...(set === undefined ? {} : { set }),
    ...(without === undefined ? {} : { without }),
    ...(only === undefined ? {} : { only }),
    ...(load === undefined ? {} : { load }),
  }
}

/** A file that is here is meant wherever the run is repeated from. */
function withWholePath(text: string): string {
  const [, path = '', object = '', rest = ''] = /^([a-z0-9][a-z0-9-]*=)?([^:]+)(:.*)$/s.exec(text) ?? []
  return object !== '' && existsSync(object) ? `${path}${resolve(object)}${rest}` : text
}
