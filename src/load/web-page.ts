/** The page that HTTP load gets: content that is known, so that damage to it shows. Pure. */
import { familyOf } from '../parts/ip-address.ts'

/** Its path. What is spoilt of it in a request leads to another page, of another size, or to none. */
export const measuredPage = '/page'

/** What clients call themselves. */
export const userAgent = 'pathbench'

/** Its size, less the `Host` of the request that it repeats: with its head one Ethernet frame. */
const pageBytes = 1024

/**
 * The page as nginx has it. Of a request it repeats what would else be of no account, so that damage to that
 * shows in the answer; all the rest of a request decides whether there is an answer with this page.
 */
export function pageTemplate(host: string): string {
  const lines = `Server name: ${host}\nHost: $http_host\nUser-Agent: $http_user_agent\n`
  const bytes = lines.replace('$http_host', '').replace('$http_user_agent', userAgent).length
  return `${lines.replaceAll('\n', '\\n')}${pattern.slice(0, pageBytes - bytes)}`
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Without order, so that moved bytes show. The generator is Knuth's for 32 bits; its upper bits are the good ones. */
const pattern = Array.from({ length: pageBytes }).reduce<{ state: number; text: string }>(
  ({ state, text }) => {
    const next = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return { state: next, text: text + (letters[(next >>> 16) % letters.length] ?? '') }
  },
  { state: 1, text: '' },
).text

/**
 * Whether so many answers to requests to `target` have so many bytes of body. A client leaves the port out of
 * `Host` where it is the usual one (RFC 9110, 7.2), and may put it there. h2load 1.52 has no brackets about IPv6.
 */
export const isSizeOfPages = (
  bytes: number,
  answers: number,
  { address, port }: { readonly address: string; readonly port: number },
): boolean =>
  [address, ...(familyOf(address) === 6 ? [`[${address}]`] : [])]
    .flatMap((host) => [host, `${host}:${port}`])
    .some((host) => bytes === answers * (pageBytes + host.length))
