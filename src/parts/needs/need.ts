/** What there is to say of a need: something that runs, or some of their paths, need the kernel to be able to do. */
import type { Command } from '../../host/tool.ts'
import type { Call } from '../call.ts'
import type { ProgramType } from '../hooks/program-types.ts'
import type { Family } from '../ip-address.ts'

export interface Need {
  /** As a path calls it in `needs`. */
  readonly name: string
  /** What pathbench wants it for. */
  readonly why: string
  /** What to do where it is not there. */
  readonly remedy: string
  /** Whether every run needs it, whatever its paths name. */
  readonly isAlways: boolean
  /** The family of addresses that paths cannot have without it. */
  readonly family?: Family
  /** Those whose trials have to be there before its own is made. */
  readonly buildsOn: readonly Need[]
  /** Programs that its trial and its paths call beyond those of every run; without them it is not there. */
  readonly tools?: readonly string[]
  /**
   * What it is tried with in the sandbox. It leaves what `buildsOn` made as it found it, for trials that follow.
   * Empty where an open sandbox shows it.
   */
  readonly trial: (ground: TrialGround) => readonly Call[]
  /** What takes away what the trial made, once all are over. */
  readonly undo?: (ground: TrialGround) => Call
}

/** What trials are made with that is not theirs to know. */
export interface TrialGround {
  /** Calls the loader, which reads an order. */
  readonly loader: Command
  /** Calls the generator, which with arguments tries an engine. */
  readonly generator: Command
  /** The order to load a program of one type that does nothing, which not every kernel has. */
  readonly orderOf: (type: ProgramType) => string
  /** The order to load the program of sink xdp, the folder that it and its maps are pinned in, and its pin. */
  readonly sink: { readonly order: string; readonly folder: string; readonly pin: string }
  /** Where cgroups may be mounted. */
  readonly cgroups: string
  /** The order to load programs of every type that do nothing. */
  readonly nopOrder: string
  /** The folder in which these are pinned, and the pin of each. */
  readonly pinFolder: string
  readonly pinOf: (type: ProgramType) => string
}
