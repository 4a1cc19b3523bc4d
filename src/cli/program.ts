/** The commands of `bench`. */
import { Command } from 'commander'
import { projectVersion } from '../host/project.ts'
import { addAb } from './ab.ts'
import { addBaseline } from './baseline.ts'
import { addCheck } from './check.ts'
import { addCi } from './ci.ts'
import { addClean } from './clean.ts'
import { addCompare } from './compare.ts'
import { addCompletion } from './completion.ts'
import { addDoctor } from './doctor.ts'
import { addExec } from './exec.ts'
import { addExport } from './export.ts'
import { addList } from './list.ts'
import { addReport } from './report.ts'
import { addRun } from './run.ts'
import { addSchema } from './schema.ts'
import { addShow } from './show.ts'
import { addTrend } from './trend.ts'

/** The whole command line, ready to parse. */
export function buildProgram(): Command {
  const program = new Command('bench')
    .description(
      'Compares Linux packet forwarding paths on the kernel it runs on: how much faster, and how sure.',
    )
    .version(projectVersion(), '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride()
    .addHelpText('after', '\nStart with:  sudo ./bench run redirect-vs-stack')
  for (const add of [
    addRun,
    addAb,
    addList,
    addShow,
    addReport,
    addCheck,
    addBaseline,
    addCompare,
    addTrend,
    addExport,
    addCi,
    addDoctor,
    addExec,
    addSchema,
    addClean,
    addCompletion,
  ])
    add(program)
  // The launcher sets things up before any of this is loaded; here it is for the help.
  program
    .command('setup')
    .summary('set up all that runs and tests need')
    .description(
      'Installs and builds what is missing for runs and for the tests, and does nothing else. `bench run` sets up what it needs by itself.',
    )
    .action(() => undefined)
  for (const command of program.commands) command.copyInheritedSettings(program)
  return program
}
