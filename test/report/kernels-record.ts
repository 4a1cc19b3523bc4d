/** The made-up run, its paths on two kernels: each path of the second is held against itself on the first. */
import type { RunRecord } from '../../src/record/record.ts'
import { candidatesRecord } from './record-variants.ts'

const [older, newer] = ['6.1.0', '6.12.9'] as const

const machine = (name: string, kernel: string, config: Readonly<Record<string, string>>) => ({
  ...{ name, kernel, image: `/boot/vmlinuz-${kernel.split(' ')[0]}`, accelerator: 'kvm' as const },
  ...{ pinnedTo: [0, 1], memoryMiB: 448, config: { ...config }, missingModules: [] },
})

export function kernelsRecord(): RunRecord {
  const record = candidatesRecord(['redirect', `stack@${newer}`, `redirect@${newer}`])
  const named = (name: string): string => (name.includes('@') ? name : `${name}@${older}`)
  const againstOf = (path: string, baseline: string): string =>
    path === `redirect@${newer}` ? `redirect@${older}` : named(baseline)
  const renamed = <One extends { readonly path: string }>(all: readonly One[]): One[] =>
    all.map((one) => ({ ...one, path: named(one.path) }))
  return {
    ...record,
    environment: {
      ...record.environment,
      kernel: '6.1.0-54-cloud-amd64 #1 SMP and 6.12.9-cloud-amd64 #1 SMP',
      machines: [
        machine(older, '6.1.0-54-cloud-amd64 #1 SMP', { VETH: 'm', HZ: '250' }),
        machine(newer, '6.12.9-cloud-amd64 #1 SMP', { VETH: 'y', HZ: '1000', NETKIT: 'y' }),
      ],
    },
    paths: record.paths.map((path) => ({
      ...path,
      name: named(path.name),
      kernel: named(path.name).split('@')[1] ?? '',
    })),
    estimates: renamed(record.estimates),
    comparisons: renamed(record.comparisons).map((one) => ({
      ...one,
      baseline: againstOf(one.path, one.baseline),
    })),
    trials: renamed(record.trials),
    derived: {
      ...record.derived,
      // The floor is on the first kernel alone.
      routerCost: renamed(record.derived.routerCost).filter(({ path }) => path.endsWith(older)),
      floodLimit: renamed(record.derived.floodLimit),
    },
  }
}
