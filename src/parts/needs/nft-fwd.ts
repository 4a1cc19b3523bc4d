import type { Need } from './need.ts'
import { probeDevice, veth } from './veth.ts'

const chain = `{ type filter hook ingress device ${probeDevice} priority 0; fwd to ${probeDevice}; }`

export const nftFwd: Need = {
  name: 'nft-fwd',
  why: "nftables rules at a device's ingress that send frames out of another device",
  remedy:
    'apt-get install nftables, modprobe nft_fwd_netdev (CONFIG_NF_TABLES_NETDEV, CONFIG_NFT_FWD_NETDEV)',
  isAlways: false,
  buildsOn: [veth],
  trial: () => [{ command: ['nft', `table netdev probe-fwd { chain in ${chain}; }`] }],
  undo: () => ({ command: ['nft', 'delete table netdev probe-fwd'] }),
}
