/** A scenario's text as a command line changes it: paths added, given other values, or left out, and another load. Pure. */
import { basename } from 'node:path'
import { type Document, parseDocument } from 'yaml'
import { z } from 'zod'
import { BenchError } from '../../host/errors.ts'
import { didYouMean } from '../../host/nearest.ts'
import { chooseEngine, chooseSink } from './choose-engine.ts'
import { chooseLoad } from './choose-load.ts'
import { applySetting } from './set.ts'
import { withoutAliases } from './without-aliases.ts'
import {
  type AddedProgram,
  type Changes,
  parseAddedProgram,
  parseConstant,
  parseMapSetting,
  parseNames,
  type Setting,
} from './words.ts'

const pathsSchema = z.looseObject({
  gates: z.array(z.string()).default([]),
  paths: z.record(
    z.string(),
    z.looseObject({ role: z.string(), programs: z.array(z.looseObject({})).default([]) }),
  ),
})

/** A scenario's file as far as it is changed. */
type Written = z.infer<typeof pathsSchema>
type WrittenPath = Written['paths'][string]

/**
 * @param source of a scenario in which nothing is wrong
 * @throws BenchError `usage` where a change means nothing that is there
 */
export function changedSource(source: string, changes: Changes): string {
  const document = withoutAliases(parseDocument(source))
  const added = (changes.with ?? []).map(parseAddedProgram)
  const names = addPrograms(document, added)
  for (const setting of (changes.map ?? []).map(parseMapSetting)) set(document, names, 'maps', setting)
  for (const setting of (changes.constant ?? []).map(parseConstant))
    set(document, names, 'constants', setting)
  chooseLoad(document, changes.load ?? [])
  chooseEngine(document, changes.engine)
  chooseSink(document, changes.sink)
  for (const setting of changes.set ?? []) applySetting(document, setting)
  leaveOut(document, pathsLeftOut(writtenIn(document), changes))
  return document.toString({ lineWidth: 0 })
}

const writtenIn = (document: Document): Written => pathsSchema.parse(document.toJS())

/** Adds candidates, and returns their names. Programs under one name make one path. */
function addPrograms(document: Document, added: readonly AddedProgram[]): string[] {
  const groups = Map.groupBy(added, (one) => one.path ?? one)
  return [...groups.values()].map((programs) => {
    const [first] = programs
    const known = Object.keys(writtenIn(document).paths)
    const name = first?.path ?? freeName(first?.program ?? '', known)
    if (known.includes(name))
      throw new BenchError(`Could not add path "${name}": the scenario has one of this name`, {
        trouble: 'usage',
        hint: `give it another, as in --with ${name}-2=…`,
      })
    document.setIn(['paths', name], document.createNode(candidateOf(programs)))
    return name
  })
}

/** A name for a path of a program, as paths have them. */
function freeName(program: string, known: readonly string[]): string {
  const plain = program
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 36)
  const base = plain === '' ? 'path' : plain
  const names = [base, ...known.map((_, index) => `${base}-${index + 2}`)]
  return names.find((name) => !known.includes(name)) ?? base
}

const candidateOf = (programs: readonly AddedProgram[]) => ({
  role: 'candidate',
  title: programs
    .map(
      ({ program, object, hook, namespace, device }) =>
        `${program} of ${basename(object)} at ${hook} of ${namespace}/${device}`,
    )
    .join(', '),
  programs: programs.map(({ path: _path, ...program }) => program),
  // Whether it is to meet requests, replies or both is not known.
  proof: [...new Set(programs.map(({ program }) => program))].map((program) => ({ program, atLeast: 1 })),
})

/** Sets entries or constants of a program of the path that is meant. */
function set(
  document: Document,
  added: readonly string[],
  what: 'maps' | 'constants',
  setting: Setting,
): void {
  const { paths } = writtenIn(document)
  const path = meantPath(paths, added, setting, what)
  const index = programWith(paths[path]?.programs ?? [], what, setting.name)
  document.setIn(['paths', path, 'programs', index, what, setting.name], document.createNode(setting.value))
}

/** The program that has the name already; else the first, as programs of an object share its maps. */
const programWith = (programs: WrittenPath['programs'], what: string, name: string): number =>
  Math.max(
    0,
    programs.findIndex((program) => Object.hasOwn(Object(program[what]) as object, name)),
  )

/** The path of a setting: the one that is named, else the one that was added, else the only one with programs. */
function meantPath(
  paths: Written['paths'],
  added: readonly string[],
  { path, name }: Setting,
  what: 'maps' | 'constants',
): string {
  const withPrograms = Object.entries(paths)
    .filter(([, { programs }]) => programs.length > 0)
    .map(([known]) => known)
  if (path !== undefined) {
    if (!withPrograms.includes(path)) throw noPath(path, withPrograms, 'path with programs')
    return path
  }
  const meant = added.length > 0 ? added : withPrograms
  if (meant.length === 1) return meant[0]!
  const option = what === 'maps' ? '--map' : '--constant'
  throw new BenchError(`Could not tell which path ${option} ${name} is for`, {
    trouble: 'usage',
    hint:
      meant.length === 0
        ? 'no path has programs; add one by --with'
        : `name it, as in ${option} ${meant[0]}:${name}=…; there are: ${meant.join(', ')}`,
  })
}

/** The paths that --without and --only leave out: the baseline stays, and with it its control. */
function pathsLeftOut({ paths }: Written, changes: Changes): string[] {
  const names = Object.keys(paths)
  const without = parseNames('--without', changes.without)
  const only = parseNames('--only', changes.only)
  for (const name of [...without, ...only]) if (!names.includes(name)) throw noPath(name, names, 'path')
  const isNeeded = (name: string) => ['baseline', 'control'].includes(paths[name]?.role ?? '')
  for (const name of without)
    if (paths[name]?.role === 'baseline')
      throw new BenchError(
        `Could not leave out ${name}: it is the baseline, which all others are compared with`,
        {
          trouble: 'usage',
        },
      )
  return names.filter(
    (name) => without.includes(name) || (only.length > 0 && !only.includes(name) && !isNeeded(name)),
  )
}

/** Takes paths out of a scenario, and the gates that are on them. */
function leaveOut(document: Document, names: readonly string[]): void {
  const { gates } = writtenIn(document)
  for (const name of names) document.deleteIn(['paths', name])
  const isOfThem = (gate: string) => names.some((name) => gate.trimStart().startsWith(`${name}.`))
  for (const [index, gate] of [...gates.entries()].toReversed())
    if (isOfThem(gate)) document.deleteIn(['gates', index])
}

const noPath = (name: string, known: readonly string[], what: string): BenchError =>
  new BenchError(`Could not find ${what} "${name}"${didYouMean(name, known)}`, {
    trouble: 'usage',
    hint: `there are: ${known.join(', ')}`,
  })
