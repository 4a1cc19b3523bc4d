/** Calls nft(8). */
import type { Command } from './tool.ts'

// The folder first in which systems have it: where npm runs pathbench, packages' programs come first in
// PATH, and one of the same name is among them (@vercel/nft, which ava has).
const script = 'PATH=/usr/local/sbin:/usr/sbin:/sbin:$PATH; exec nft "$@"'

/** The command that runs nft(8) with these arguments. */
export const nft = (...nftArguments: readonly string[]): Command => [
  'sh',
  '-c',
  script,
  'nft',
  ...nftArguments,
]
