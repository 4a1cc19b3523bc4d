/** What is built before a run: what came with a package for this machine, else what set-up made. */
import { existsSync } from 'node:fs'
import { machine } from 'node:os'
import { inProject, inSetup, isPackage } from './project.ts'

// What lies in a checkout's prebuilt/ is of the last package that was made there.
const prebuiltOr = (prebuilt: string, made: string): string =>
  isPackage && existsSync(prebuilt) ? prebuilt : made

/** A native program, by its name. */
export const builtProgram = (name: string): string =>
  prebuiltOr(inProject('prebuilt', machine(), name), inSetup('build', name))

/** The object of a BPF program that is pathbench's own, by its file's name. */
export const builtObject = (name: string): string =>
  prebuiltOr(inProject('prebuilt', 'bpf', name), inSetup('build', 'bpf', name))
