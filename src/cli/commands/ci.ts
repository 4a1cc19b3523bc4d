/** `bench ci`: measuring in a CI service. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Argument, type Command } from 'commander'
import { findSubject } from '../../ci/find-subject.ts'
import { nextSteps } from '../../ci/next-steps.ts'
import { findSource, isOfGitlab, repositoryTop } from '../../ci/repository.ts'
import { ciFiles, gitlabEntry, type Service, services } from '../../ci/services.ts'
import { requireAction } from '../../ci/source.ts'
import { writeAll } from '../../host/write-all.ts'
import { print } from '../terminal/output.ts'
import { textTable } from '../terminal/text-table.ts'

interface Flags {
  readonly scenario?: string
  readonly path?: string
  readonly pathbench?: string
  readonly dryRun?: true
  readonly force?: true
}

const help = `
Files that are there are left as they are: if one of those to be written exists, none is written, without --force.

Examples:
  bench ci init                                       for the service and the only scenario of this repository
  bench ci init github --scenario perf/my-path.yaml
  bench ci init github --pathbench OWNER/pathbench@v1.0.0
  bench ci init gitlab --path my-path                 where the scenario has several candidates
  bench ci init --dry-run                             show the files, and write none

docs/ci.md shows the files, and says how CI judges a change.

Exit codes: 0 written, 2 wrong usage, or a file is there already, 4 a file could not be written.`

/** Adds the command. */
export function addCi(program: Command): void {
  const ci = program
    .command('ci')
    .summary('measure every change in a CI service')
    .description('Sets up a CI service so that it measures every change, and fails one that is slower.')
    .addHelpText('after', '\nStart with:  bench ci init')
  ci.command('init')
    .description(
      'Writes workflow files into the git repository of the current folder: one that compares every pull request with its target in one run, and one that follows a nightly run.',
    )
    .addArgument(
      new Argument(
        '[service]',
        'which CI service (default: gitlab where there are signs of it, else github)',
      ).choices(services),
    )
    .option(
      '--scenario <file>',
      'the scenario to measure, in the repository (default: the only one there is)',
    )
    .option('--path <path>', 'the path of it to judge changes by (default: the only candidate)')
    .option(
      '--pathbench <repository>',
      'where CI gets pathbench: OWNER/NAME@REF or a URL (default: the remote and commit of this checkout)',
    )
    .option('--dry-run', 'print what would be written, and write nothing')
    .option('--force', 'replace files that are there')
    .addHelpText('after', help)
    .action(init)
}

async function init(named: Service | undefined, flags: Flags): Promise<void> {
  const top = await repositoryTop(process.cwd())
  const service = named ?? ((await isOfGitlab(top)) ? 'gitlab' : 'github')
  const source = await findSource(flags.pathbench)
  if (service === 'github') requireAction(source)
  const subject = {
    source,
    ...(await findSubject(top, { scenario: flags.scenario, path: flags.path })),
  }
  const hasEntry = existsSync(join(top, gitlabEntry))
  const files = ciFiles(service, subject, hasEntry)
  if (flags.dryRun === true) {
    print(files.map(({ file, text }) => `# ${file}\n${text.trimEnd()}`).join('\n\n'))
    return
  }
  writeAll(top, files, {
    mayReplace: flags.force === true,
    remedy: '--force replaces what is there, --dry-run shows what would be written',
  })
  print(
    textTable(
      ['wrote', ''].map((title) => ({ title, align: 'left' })),
      files.map(({ file, purpose }) => [file, purpose]),
    ),
  )
  print(`\nNext:\n${nextSteps(service, subject, files, hasEntry).join('\n')}`)
}
