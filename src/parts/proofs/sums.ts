/** Sums in rules of proof: `requests + replies`, `netns-3/Udp.InDatagrams`. Pure. */

/** One summand: packets of the path's trials, a number, or a counter of the kernel. */
export type Term =
  | { readonly of: 'trials'; readonly packets: 'requests' | 'replies' }
  | { readonly of: 'number'; readonly packets: number }
  | { readonly of: 'counter'; readonly namespace: string; readonly name: string }

/** The summands of `text`; none for 0. What is no amount of packets is taken for a counter. */
export function parseSum(text: string): Term[] {
  return text
    .split('+')
    .map((word) => word.trim())
    .filter((word) => word !== '0')
    .map((word): Term => {
      if (word === 'requests' || word === 'replies') return { of: 'trials', packets: word }
      if (/^\d+$/.test(word)) return { of: 'number', packets: Number(word) }
      const [namespace = '', ...name] = word.split('/')
      return { of: 'counter', namespace, name: name.join('/') }
    })
}
