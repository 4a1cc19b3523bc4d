/** Whether TCP is measured under a congestion control that paces, and that nobody asked for. Pure. */
import { poolsOf } from '../load/tcp-pools.ts'
import type { Environment, RunRecord } from '../record/record.ts'
import type { Scenario } from '../scenario/scenario.ts'

const sysctl = 'net.ipv4.tcp_congestion_control'

/** Those that send at the rate of their model of the way (BBR and its versions), by their names in the kernel. */
const isPacing = (congestion: string): boolean => congestion.startsWith('bbr')

/**
 * What a reader has to know where a namespace has the machine's own congestion control: a trial is over long before a
 * model of the way settles, so that a stream's rate is that of the model and moves between trials.
 */
export function pacedTcpWarnings(
  { load, paths }: Pick<Scenario, 'load' | 'paths'>,
  { sysctls, machines }: Pick<Environment, 'sysctls' | 'machines'>,
): RunRecord['warnings'] {
  const own = sysctls[sysctl] ?? ''
  const isNamed =
    poolsOf(load).every(({ congestion }) => congestion !== undefined) ||
    paths.some(({ topology }) =>
      Object.values(topology.namespaces).some((namespace) => namespace.sysctls[sysctl] !== undefined),
    )
  if (!isPacing(own) || isNamed || machines !== undefined) return []
  return [
    {
      code: 'paced-tcp',
      message: `TCP is paced by this machine's ${own}: what a stream reaches is a rate of ${own}'s model of the path, which moves from trial to trial; name another congestion control in the load, as in \`congestion: cubic\``,
    },
  ]
}
