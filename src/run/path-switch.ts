/** Which path is up, where paths share their namespaces: one at a time. */
import { type LinkHolder, startLinkHolder } from '../datapath/holder.ts'
import { programsAt, unfindStep } from '../datapath/found-programs.ts'
import { asBenchError } from '../host/errors.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { NotTakenAway } from './not-taken-away.ts'
import { awaitPrograms, setUpPath, tearDownPaths } from './own-commands.ts'
import { TeardownGuard } from './teardown-guard.ts'

export class PathSwitch {
  readonly #sandbox: Sandbox
  readonly #filesOf: (path: string) => NamespaceFile
  #holder: LinkHolder | undefined
  #guard: TeardownGuard | undefined
  #up: ScenarioPath | undefined

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
    if (path.teardown.length > 0) {
      this.#guard ??= await TeardownGuard.start(path.topology)
      this.#guard.answerFor(path)
    }
    await setUpPath(this.#sandbox, path, fileOf)
    if (path.programs.length > 0) {
      this.#holder ??= startLinkHolder(this.#sandbox)
      await this.#holder.attach(path, fileOf)
    }
    await awaitPrograms(this.#sandbox, path, fileOf, before)
  }

  /** Takes the path away that is up. @throws NotTakenAway if that cannot be done: the guard then tries once more at the end */
  async off(): Promise<void> {
    const path = this.#up
    if (path === undefined) return
    this.#up = undefined
    const detached = path.programs.length > 0 ? this.#holder?.detach() : undefined
    const detachment = await detached?.then(() => undefined, asBenchError)
    const failures = await tearDownPaths(this.#sandbox, [path], this.#filesOf)
    const failure = failures.get(path.name) ?? detachment
    if (failure !== undefined) throw new NotTakenAway(path.name, failure)
    this.#guard?.release()
    if (path.found.length > 0) await this.#sandbox.tryStep(unfindStep(path.name))
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
