/** The commands of `bench`. */
import { Command } from 'commander'
import { asCalled, isPackage, projectVersion } from '../host/project.ts'
import { examplesText } from './options/examples.ts'
import { requireValues } from './options/require-values.ts'

/** Adds a command to the program. */
type Add = (program: Command) => void

/** All of them, in the order of the help. */
const commands: Readonly<Record<string, () => Promise<Add>>> = {
  run: async () => (await import('./commands/run.ts')).addRun,
  search: async () => (await import('./commands/search.ts')).addSearch,
  soak: async () => (await import('./commands/soak.ts')).addSoak,
  fleet: async () => (await import('./commands/fleet.ts')).addFleet,
  ab: async () => (await import('./commands/ab.ts')).addAb,
  new: async () => (await import('./commands/new.ts')).addNew,
  list: async () => (await import('./commands/list.ts')).addList,
  show: async () => (await import('./commands/show.ts')).addShow,
  report: async () => (await import('./commands/report.ts')).addReport,
  check: async () => (await import('./commands/check.ts')).addCheck,
  baseline: async () => (await import('./commands/baseline.ts')).addBaseline,
  compare: async () => (await import('./commands/compare.ts')).addCompare,
  trend: async () => (await import('./commands/trend.ts')).addTrend,
  export: async () => (await import('./commands/export.ts')).addExport,
  ci: async () => (await import('./commands/ci.ts')).addCi,
  trace: async () => (await import('./commands/trace.ts')).addTrace,
  explain: async () => (await import('./commands/explain.ts')).addExplain,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctor,
  capture: async () => (await import('./commands/capture.ts')).addCapture,
  exec: async () => (await import('./commands/exec.ts')).addExec,
  schema: async () => (await import('./commands/schema.ts')).addSchema,
  clean: async () => (await import('./commands/clean.ts')).addClean,
  completion: async () => (await import('./commands/completion.ts')).addCompletion,
}

const setupHelp = examplesText([
  ['sudo ./bench setup', 'before the first run, where that is to lose no time'],
  isPackage
    ? ['BENCH_NO_INSTALL=1 bench setup', 'only say what is missing']
    : ['sudo npm test', 'does it first too'],
])

/**
 * The command line, ready to parse.
 *
 * @param called the command that is called, if it is one of ours: then no other is loaded, as all of them take
 *   longer than most have to do
 */
export async function buildProgram(called = ''): Promise<Command> {
  const program = new Command('bench')
    .description(
      'Compares Linux packet forwarding paths on the kernel it runs on: how much faster, and how sure.',
    )
    .version(projectVersion(), '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.stdout.write(asCalled(text)),
      writeErr: (text) => process.stderr.write(asCalled(text)),
    })
    .hook('preAction', (_program, command) => {
      requireValues(command)
    })
    .addHelpText('after', '\nStart with:  sudo ./bench run redirect-vs-stack')
  const own = Object.hasOwn(commands, called) && called !== 'completion' ? commands[called] : undefined
  const wanted = own === undefined ? Object.values(commands) : [own]
  for (const add of await Promise.all(wanted.map((load) => load()))) add(program)
  // The launcher sets things up before any of this is loaded; here it is for the help.
  program
    .command('setup')
    .summary(isPackage ? 'set up all that runs need' : 'set up all that runs and tests need')
    .description(
      `Installs and builds what is missing for runs${isPackage ? '' : ' and for the tests'}, and does nothing else. \`bench run\` sets up what it needs by itself.`,
    )
    .addHelpText('after', setupHelp)
    .action(() => undefined)
  for (const command of program.commands) command.copyInheritedSettings(program)
  return program
}
