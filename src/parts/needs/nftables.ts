import type { Need } from './need.ts'

const chain = '{ type nat hook prerouting priority dstnat; }'

export const nftables: Need = {
  name: 'nftables',
  why: 'rules of netfilter, address translation among them',
  remedy: 'apt-get install nftables, modprobe nft_chain_nat (CONFIG_NF_TABLES, CONFIG_NFT_NAT)',
  isAlways: false,
  buildsOn: [],
  trial: () => [{ command: ['nft', `table ip probe { chain nat ${chain}; }`] }],
  undo: () => ({ command: ['nft', 'flush ruleset'] }),
}
