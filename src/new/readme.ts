/** The README beside a new scenario. Pure but for reading its template. */
import { shellWord } from '../host/shell-word.ts'
import type { Beginning, NewScenarioFile } from './new-files.ts'
import { projectPlace } from './project-place.ts'
import { template } from './templates.ts'

/** @param about what the scenario compares, in a sentence; `files` are those beside it */
export function readme(
  { name, folder }: Beginning,
  about: string,
  files: readonly NewScenarioFile[],
): NewScenarioFile {
  const list = files.map(({ file, what }) => `- \`${file}\`: ${what}`)
  const words = {
    NAME: name,
    ABOUT: about,
    FILES: list.join('\n'),
    BENCH: shellWord(projectPlace(folder, 'bench')),
    REFERENCE: `\`${projectPlace(folder, 'docs', 'scenario.md')}\``,
  }
  return { file: 'README.md', text: template('README.md', words), what: 'what to change, and how to try it' }
}
