/** CI services, and the files that each of them reads. Pure but for reading the templates. */
import { readFileSync } from 'node:fs'
import { inSources } from '../host/project.ts'
import { type PathbenchSource, unknownSource } from './source.ts'

export const services = ['github', 'gitlab'] as const

export type Service = (typeof services)[number]

/** What the files are written for. */
export interface Subject {
  readonly source: PathbenchSource
  /** The scenario file, from the repository's top. */
  readonly scenario: string
  /** The path of it that changes are judged by. */
  readonly path: string
}

/** A file to be written. */
export interface CiFile {
  /** From the repository's top. */
  readonly file: string
  readonly text: string
  /** What it is for. */
  readonly purpose: string
}

/** Words of the templates, which are whole files but for these. */
export const placeholders = { scenario: 'SCENARIO_FILE', path: 'CANDIDATE_PATH' } as const

/** The text of a template. @param name its file in the folder of templates */
export const template = (name: string): string => readFileSync(inSources('ci', 'templates', name), 'utf8')

const filled = (name: string, { source, scenario, path }: Subject): string =>
  template(name)
    .replaceAll(
      `${unknownSource.repository}@${unknownSource.reference}`,
      `${source.repository}@${source.reference}`,
    )
    .replaceAll(unknownSource.url, source.url)
    .replaceAll(`PATHBENCH_REF: ${unknownSource.reference}`, `PATHBENCH_REF: ${source.reference}`)
    .replaceAll(placeholders.scenario, scenario)
    .replaceAll(placeholders.path, path)

/** Where GitLab's file is: it has one file only, which includes others. */
export const gitlabFile = '.gitlab/pathbench.yml'

/** The file that GitLab reads. */
export const gitlabEntry = '.gitlab-ci.yml'

export const gitlabInclude = `include:\n  - local: ${gitlabFile}\n`

/**
 * The files for a service.
 *
 * @param hasEntry whether the repository has a `.gitlab-ci.yml`: it is the user's, who adds a line to it
 */
export function ciFiles(service: Service, subject: Subject, hasEntry: boolean): CiFile[] {
  switch (service) {
    case 'github':
      return [
        {
          file: '.github/workflows/pathbench.yml',
          text: filled('github-pull-request.yml', subject),
          purpose: 'compares every pull request with what it is to be merged into',
        },
        {
          file: '.github/workflows/pathbench-nightly.yml',
          text: filled('github-nightly.yml', subject),
          purpose: 'measures every night, and follows the history',
        },
      ]
    case 'gitlab': {
      const jobs = {
        file: gitlabFile,
        text: filled('gitlab.yml', subject),
        purpose: 'compares every merge request with its target, and follows scheduled runs',
      }
      return hasEntry ? [jobs] : [jobs, { file: gitlabEntry, text: gitlabInclude, purpose: 'includes it' }]
    }
  }
}
