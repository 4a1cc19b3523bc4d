/** `bench new`: a scenario and a program of one's own to begin with. */
import { lstatSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { projectFolder } from '../../host/project.ts'
import { shellWord } from '../../host/shell-word.ts'
import { writeAll } from '../../host/write-all.ts'
import { checkName } from '../../new/check-name.ts'
import { copiedFiles } from '../../new/copied-files.ts'
import { freshFiles } from '../../new/fresh-files.ts'
import { inFolder, type NewScenarioFile } from '../../new/new-files.ts'
import { commonHooks, hookNamed } from '../../parts/hooks/hooks.ts'
import { findScenario } from '../../scenario/find.ts'
import { examplesText } from '../options/examples.ts'
import { print } from '../terminal/output.ts'
import { textTable } from '../terminal/text-table.ts'

interface Flags {
  readonly from?: string
  readonly hook?: string
}

const hookNames = commonHooks.map(({ name }) => name)
const defaultHook = hookNames[0]!

const help = examplesText([
  ['./bench new my-path', `a program at ${defaultHook} against the kernel's stack`],
  ['./bench new my-path --hook xdp/native', 'at another hook'],
  ['./bench new my-dsr --from dsr-vs-nat', 'a copy of a scenario with its programs, to be changed'],
])

/** Adds the command. */
export function addNew(program: Command): void {
  program
    .command('new')
    .summary('begin with a scenario and a program of your own')
    .description(
      'Writes a folder with a scenario, a BPF program and a README, which run as they are. Overwrites nothing, and needs no root.',
    )
    .argument('<name>', 'of the folder, made in the current one, and of the scenario')
    .addOption(
      new Option('--hook <hook>', `where the program is to be attached (default: ${defaultHook})`)
        .choices(hookNames)
        .conflicts('from'),
    )
    .option('--from <scenario>', 'copy a scenario, by its name or file, with its programs')
    .addHelpText('after', help)
    .action(begin)
}

function begin(name: string, { from, hook = defaultHook }: Flags): void {
  checkName(name)
  const beginning = { name, folder: resolve(name) }
  requireRoom(beginning.folder, name)
  const files =
    from === undefined ? freshFiles(beginning, hookNamed(hook)) : copiedFiles(beginning, findScenario(from))
  writeAll(process.cwd(), inFolder(name, files))
  print(written(name, files))
}

/** @throws BenchError `usage` where there is something of that name, be it a link that leads nowhere */
function requireRoom(folder: string, name: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return
  throw new BenchError(`Could not write ${name}: there is something of that name in ${process.cwd()}`, {
    trouble: 'usage',
    hint: 'nothing was written; take another name, or move away what is there',
  })
}

function written(name: string, files: readonly NewScenarioFile[]): string {
  const columns = [`wrote ${name}/`, ''].map((title) => ({ title, align: 'left' as const }))
  const scenario = shellWord(join(name, `${name}.yaml`))
  const bench = process.cwd() === projectFolder ? './bench' : shellWord(join(projectFolder, 'bench'))
  return `${textTable(
    columns,
    files.map(({ file, what }) => [`  ${file}`, what]),
  )}

Next:
  ${bench} show ${scenario}
  sudo ${bench} run ${scenario} --quick`
}
