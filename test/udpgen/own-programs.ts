/** Programs of pathbench's own, loaded as a run does, by a script. */
import { loaderCommand, loadOrderText } from '../../src/datapath/loader.ts'
import type { InstanceOrder } from '../../src/datapath/load-order.ts'
import { sandboxFolders } from '../../src/topology/sandbox.ts'

/** For `sh`, in a mount namespace of its own. */
export const loadPrograms = (...orders: readonly InstanceOrder[]): string =>
  `mkdir ${sandboxFolders.bpf} && mount -t bpf bpf ${sandboxFolders.bpf} &&
echo '${loadOrderText(orders)}' | '${loaderCommand.join("' '")}' >/dev/null`
