import type { Need } from './need.ts'
import { probeDevice, veth } from './veth.ts'

const table = `flowtable flows { hook ingress priority 0; devices = { ${probeDevice} }; }`
const chain = '{ type filter hook forward priority 0; flow add @flows; }'

export const flowtable: Need = {
  name: 'flowtable',
  why: "nftables' flow table, which takes known flows past the stack",
  remedy: 'apt-get install nftables, modprobe nft_flow_offload nf_flow_table_inet (CONFIG_NF_FLOW_TABLE)',
  isAlways: false,
  buildsOn: [veth],
  trial: () => [{ command: ['nft', `table ip probe-flows { ${table}; chain forward ${chain}; }`] }],
  undo: () => ({ command: ['nft', 'delete table ip probe-flows'] }),
}
