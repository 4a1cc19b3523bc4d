/** What is left to do once the files are there, in words. Pure. */
import { inProject } from '../host/project.ts'
import { shellWord } from '../host/shell-word.ts'
import { type CiFile, gitlabEntry, gitlabInclude, type Service, type Subject } from './services.ts'
import { unknownSource } from './source.ts'

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `       ${line}`)
    .join('\n')

const tryIt = ({ scenario, path }: Subject): string =>
  `Try it here:  sudo ${shellWord(inProject('bench'))} ab ${shellWord(scenario)} --base HEAD --path ${path} --quick`

/** The steps, each with its number. */
export function nextSteps(
  service: Service,
  subject: Subject,
  written: readonly CiFile[],
  hasEntry: boolean,
): string[] {
  const { source, scenario } = subject
  const files = written.map(({ file }) => file)
  const steps = [
    ...(source.repository === unknownSource.repository
      ? [
          `Say where pathbench is: what is here tells of no remote that CI could fetch, so ${files[0] ?? ''} says ${unknownSource.repository}.\n` +
            indented('Remove the files and call again with --pathbench OWNER/NAME@REF, or edit them.'),
        ]
      : []),
    ...(service === 'gitlab' && hasEntry
      ? [`Add to ${gitlabEntry}, which is there already and was left as it is:\n${indented(gitlabInclude)}`]
      : []),
    `Commit:  git add ${[...files, scenario].map(shellWord).join(' ')}`,
    tryIt(subject),
    ...lastSteps[service],
  ]
  return steps.map((step, index) => `  ${index + 1}. ${step}`)
}

const lastSteps: Readonly<Record<Service, readonly string[]>> = {
  github: ['Open a pull request. Once the job "compare" has run, a branch protection rule can require it.'],
  gitlab: [
    'Give the project a runner with the docker executor and privileged = true, and a pipeline schedule for the nightly job.',
  ],
}
