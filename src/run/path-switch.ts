/** Which path is up, where paths share their namespaces: one at a time. */
import { type FilterPlace, filterPlaces, filterUndos } from '../datapath/filter-places.ts'
import { type LinkHolder, startLinkHolder } from '../datapath/holder.ts'
import { programsAt, unfindStep } from '../datapath/found-programs.ts'
import { asBenchError } from '../host/errors.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import {
  loadTablesStep,
  type OwnTables,
  ownTables,
  removeTablesStep,
  tableUndos,
} from '../topology/own-tables.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { NotTakenAway } from './not-taken-away.ts'
import { awaitPrograms, setUpPath, tearDownPaths } from './own-commands.ts'
import { TeardownGuard } from './teardown-guard.ts'

/** What of a path the kernel does not take away with a process. */
interface Lasting {
  readonly filters: readonly (FilterPlace | undefined)[]
  readonly tables: readonly OwnTables[]
}

export class PathSwitch {
  readonly #sandbox: Sandbox
  readonly #filesOf: (path: string) => NamespaceFile
  #holder: LinkHolder | undefined
  #guard: TeardownGuard | undefined
  #up: ScenarioPath | undefined
  /** Those of the path that is up, which are loaded. */
  #tablesUp: readonly OwnTables[] = []
  readonly #lasting = new Map<string, Lasting>()

  constructor(sandbox: Sandbox, filesOf: (path: string) => NamespaceFile) {
    this.#sandbox = sandbox
    this.#filesOf = filesOf
  }

  /**
   * Takes the path away that is up, and brings this one up.
   *
   * @throws BenchError `failed` if that cannot be done: then none is up; NotTakenAway about the one before
   */
  async to(path: ScenarioPath): Promise<void> {
    if (this.#up === path) return
    await this.off()
    this.#up = path
    try {
      await this.#bringUp(path)
    } catch (error) {
      await this.off()
      throw error
    }
  }

  async #bringUp(path: ScenarioPath): Promise<void> {
    const fileOf = this.#filesOf(path.name)
    // What others have there already is none of the path's, whatever it is called.
    const before = await programsAt(this.#sandbox, path, fileOf)
    const { filters, tables } = await this.#lastingOf(path)
    const undos = [filterUndos(path, filters), tableUndos(tables)] as const
    if (path.teardown.length + undos.flat().length > 0) {
      this.#guard ??= await TeardownGuard.start(path.topology, this.#sandbox)
      this.#guard.answerFor(path, ...undos)
    }
    for (const own of tables) {
      await this.#sandbox.run([loadTablesStep(own, path.name, fileOf)])
      this.#tablesUp = [...this.#tablesUp, own]
    }
    await setUpPath(this.#sandbox, path, fileOf)
    if (path.programs.length > 0) {
      this.#holder ??= startLinkHolder(this.#sandbox)
      await this.#holder.attach(path, fileOf, filters)
    }
    await awaitPrograms(this.#sandbox, path, fileOf, before)
  }

  /** What of a path stays until it is taken away: sought once, with none of any path's there. */
  async #lastingOf(path: ScenarioPath): Promise<Lasting> {
    const fileOf = this.#filesOf(path.name)
    const lasting = this.#lasting.get(path.name) ?? {
      filters: await filterPlaces(this.#sandbox, path, fileOf),
      tables: await ownTables(this.#sandbox, path, fileOf),
    }
    this.#lasting.set(path.name, lasting)
    return lasting
  }

  /** Takes the path away that is up. @throws NotTakenAway if that cannot be done: the guard then tries once more at the end */
  async off(): Promise<void> {
    const path = this.#up
    if (path === undefined) return
    this.#up = undefined
    const detached = path.programs.length > 0 ? this.#holder?.detach() : undefined
    const detachment = await detached?.then(() => undefined, asBenchError)
    const failures = await tearDownPaths(this.#sandbox, [path], this.#filesOf)
    const removal = await this.#removeTables(path).then(() => undefined, asBenchError)
    const failure = failures.get(path.name) ?? detachment ?? removal
    if (failure !== undefined) throw new NotTakenAway(path.name, failure)
    this.#guard?.release()
    if (path.found.length > 0) await this.#sandbox.tryStep(unfindStep(path.name))
  }

  async #removeTables({ name }: ScenarioPath): Promise<void> {
    const steps = this.#tablesUp.map((own) => removeTablesStep(own, name, this.#filesOf(name)))
    this.#tablesUp = []
    await this.#sandbox.run(steps)
  }

  async end(): Promise<void> {
    try {
      await this.off()
    } finally {
      await this.#holder?.end()
      await this.#guard?.end()
      this.#holder = undefined
      this.#guard = undefined
    }
  }
}
