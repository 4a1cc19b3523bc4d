/** What the files of a new scenario have in common. */
import { join } from 'node:path'
import type { NewFile } from '../host/write-all.ts'

/** A file of a new scenario, in a folder of its own. */
export interface NewScenarioFile extends NewFile {
  /** What it is, in a few words. */
  readonly what: string
}

/** What files are written for. */
export interface Beginning {
  /** Of the scenario, its folder and its path. */
  readonly name: string
  /** The folder that they will be in, absolute. */
  readonly folder: string
}

/** The same with the name of their folder before them. */
export const inFolder = (name: string, files: readonly NewScenarioFile[]): NewScenarioFile[] =>
  files.map((one) => ({ ...one, file: join(name, one.file) }))
