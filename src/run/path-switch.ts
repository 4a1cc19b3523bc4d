/** Which path is up, where paths share their namespaces: one at a time. */
import { type LinkHolder, startLinkHolder } from '../datapath/holder.ts'
import type { BenchError } from '../host/errors.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { unfindStep } from '../datapath/found-programs.ts'
import { TeardownGuard } from './teardown-guard.ts'
import { awaitPrograms, setUpPath, tearDownPaths } from './own-commands.ts'

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
   * @throws BenchError `failed` if that cannot be done: then none is up
   */
  async to(path: ScenarioPath): Promise<void> {
    if (this.#up === path) return
    await this.off()
    const fileOf = this.#filesOf(path.name)
    this.#up = path
    try {
      if (path.teardown.length > 0) {
        this.#guard ??= new TeardownGuard()
        await this.#guard.answerFor(path)
      }
      await setUpPath(this.#sandbox, path, fileOf)
      if (path.programs.length > 0) {
        this.#holder ??= startLinkHolder(this.#sandbox)
        await this.#holder.attach(path, fileOf)
      }
      await awaitPrograms(this.#sandbox, path, fileOf)
    } catch (error) {
      await this.off()
      throw error
    }
  }

  /** Takes the path away that is up. @returns why its own teardown failed, by path */
  async off(): Promise<ReadonlyMap<string, BenchError>> {
    const path = this.#up
    if (path === undefined) return new Map()
    this.#up = undefined
    if (path.programs.length > 0) await this.#holder?.detach()
    const failures = await tearDownPaths(this.#sandbox, [path], this.#filesOf)
    this.#guard?.release()
    if (path.found.length > 0) await this.#sandbox.tryStep(unfindStep(path.name))
    return failures
  }

  async end(): Promise<void> {
    await this.off()
    await this.#holder?.end()
    await this.#guard?.end()
    this.#holder = undefined
    this.#guard = undefined
  }
}
