/** A copy of a scenario with all of its programs, to be changed. */
import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { inProject } from '../host/project.ts'
import { findObject } from '../scenario/find.ts'
import { loadScenario } from '../scenario/load.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { parseYaml } from '../scenario/yaml-file.ts'
import { valueAt } from '../scenario/own-value.ts'
import { commandFiles } from './command-files.ts'
import { includedFiles } from './included-files.ts'
import type { Beginning, NewScenarioFile } from './new-files.ts'
import { schemaLine, schemaPlace } from './project-place.ts'
import { readme } from './readme.ts'
import { replaceValues, type Replacement } from './replace-values.ts'

/**
 * The scenario under its new name, its programs with the headers of their own, files of its folder that its commands name,
 * and a README.
 *
 * @param from the scenario's file
 * @throws ScenarioError where it has mistakes; BenchError `usage` where two of its files would be one
 */
export function copiedFiles(beginning: Beginning, from: string): NewScenarioFile[] {
  const scenario = loadScenario(from)
  const objects = objectsOf(scenario)
  const places = placesOf([...new Set(objects.map(({ file }) => file))], from)
  const values: Replacement[] = objects.map(({ path, file }) => [path, places.get(file) ?? file])
  const files = [
    {
      file: `${beginning.name}.yaml`,
      text: renamed(scenario.source, beginning, values),
      what: `the scenario: ${scenario.title}`,
    },
    ...[...places].map(([file, place]) => ({ file: place, text: readFileSync(file), what: whatIs(place) })),
    ...commandFiles(scenario).flatMap((name) =>
      [...places.values()].includes(name) ? [] : [copied(name, from)],
    ),
  ]
  return [...files, readme(beginning, `A copy of ${scenario.name}: ${scenario.title}.`, files)]
}

const copied = (name: string, from: string): NewScenarioFile => {
  const file = join(dirname(from), name)
  const isExecutable = (statSync(file).mode & 0o100) !== 0
  return { file: name, text: readFileSync(file), isExecutable, what: 'named by commands' }
}

const whatIs = (place: string): string =>
  place.endsWith('.h') ? 'included by programs' : place.endsWith('.o') ? 'compiled programs' : 'programs'

/** Every place at which the file names an object, and which file that is. */
function objectsOf({ source, file: from }: Scenario) {
  const paths = valueAt(parseYaml(source).value, ['paths']) as Record<
    string,
    { programs?: { object?: string }[] }
  >
  return Object.entries(paths).flatMap(([name, { programs = [] }]) =>
    programs.flatMap(({ object }, index) =>
      object === undefined
        ? []
        : [
            {
              path: ['paths', name, 'programs', index, 'object'],
              file: findObject(object, from) ?? object,
            },
          ],
    ),
  )
}

/** Where each object and header is to be, from the new folder: as it is from the folder that it is found in. */
function placesOf(objects: readonly string[], from: string): Map<string, string> {
  const headers = objects.filter((file) => file.endsWith('.c')).flatMap(includedFiles)
  const places = new Map([...objects, ...headers].map((file) => [file, placeOf(file, from)]))
  for (const [place, same] of Map.groupBy(places, ([, place]) => place))
    if (same.length > 1)
      throw new BenchError(
        `Could not copy ${same.map(([file]) => file).join(' and ')}: both would be ${place}`,
        {
          trouble: 'usage',
          hint: 'give one of them another name first',
        },
      )
  return places
}

function placeOf(file: string, from: string): string {
  const folder = dirname(from)
  const roots = [folder, join(folder, '..', 'bpf'), inProject('bpf')]
  const inside = roots.map((root) => relative(root, file)).find((place) => !/^(\.\.|\/)/.test(place))
  return inside ?? basename(file)
}

/** The scenario's text with its new name, its objects, and the schema where it is from there. */
function renamed(source: string, { name, folder }: Beginning, objects: readonly Replacement[]): string {
  const schema = schemaPlace(folder)
  const text = replaceValues(source, [[['name'], name], [['$schema'], schema], ...objects])
  const withoutLine = text.replace(/^# yaml-language-server: \$schema=.*\n/m, '')
  return `${schemaLine(schema)}\n${withoutLine}`
}
