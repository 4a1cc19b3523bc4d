/** `bench explain`: where the packets of a path end that do not arrive. */
import type { Command } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { findScenario } from '../../scenario/find.ts'
import { loadScenario } from '../../scenario/load.ts'
import { addChangeOptions, type ChangeFlags, changesOf } from '../options/change-options.ts'
import { examplesText } from '../options/examples.ts'
import { parsePayload } from '../options/option-values.ts'
import { explainText } from '../terminal/explain-text.ts'
import { print } from '../terminal/output.ts'
import { waitingFor } from '../terminal/waiting.ts'
import { requireRoot } from './root.ts'
import { onlyPaths } from './only-paths.ts'
import { noWait } from '../options/no-wait.ts'

interface Flags extends ChangeFlags {
  readonly path: string
  readonly payload: string
  readonly wait: boolean
}

const help = `
Sends a few requests, follows each by BPF programs at tracepoints and netfilter's hooks, and says what became of it, with
the kernel's own reason and function.
${examplesText([
  ['sudo ./bench explain redirect-vs-stack --path redirect', 'a path that `bench run` calls dead'],
  ['sudo ./bench explain redirect-vs-stack --path stack --payload 1400', 'with larger packets'],
])}
Exit codes: 0 explained, 2 wrong usage or scenario, 3 this machine or kernel cannot, 4 the path could not be brought up.`

/** Adds the command. */
export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .summary('say where the packets of a path end')
    .description('Traces a few packets over one path, and says where they ended, and why. Needs root.')
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
    .requiredOption('--path <path>', 'the path')
    .option('--payload <bytes>', 'bytes of UDP payload in each packet', '64')
    .option(...noWait)
  addChangeOptions(command).addHelpText('after', help).action(explain)
}

async function explain(scenarioName: string, flags: Flags): Promise<void> {
  const scenario = onlyPaths(loadScenario(findScenario(scenarioName), changesOf(flags)), [flags.path])
  const payloadBytes = parsePayload(flags.payload, scenario.family)
  requireRoot('trace packets')
  const waiting = waitingFor(`explain ${scenario.name}`, flags.wait)
  const { tracedEndings } = await import('../../run/explain-session.ts')
  const explained = await tracedEndings({ scenario, payloadBytes, waiting })
  if (explained === undefined)
    throw new BenchError(`Could not explain path ${flags.path}: it was not traced`, { trouble: 'failed' })
  print(explainText(explained))
}
