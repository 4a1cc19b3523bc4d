/** The tables of a namespace that connections fill, as the kernel tells them. Pure. */

/** What the kernel tells of a namespace's tables; what it does not have is left out. */
export interface TableTexts {
  /** /proc/net/sockstat. */
  readonly sockets?: string | undefined
  /** net.ipv4.tcp_max_tw_buckets. */
  readonly timeWaitMax?: string | undefined
  /** net.netfilter.nf_conntrack_count and nf_conntrack_max. */
  readonly tracked?: string | undefined
  readonly trackedMax?: string | undefined
  /** /proc/net/stat/nf_conntrack. */
  readonly tracking?: string | undefined
}

/** What a table holds, and how much it may. */
export interface Filling {
  readonly held: number
  readonly most: number
}

export interface ConnectionTables {
  /** Sockets in TIME_WAIT, of both families (net.ipv4.tcp_max_tw_buckets). */
  readonly timeWait: Filling | undefined
  /** Connections that netfilter tracks (net.netfilter.nf_conntrack_max); undefined where it tracks none. */
  readonly tracked: Filling | undefined
  /** Packets that it dropped as they began a connection which it could not track. */
  readonly untrackable: number
}

/** @param texts of one namespace */
export function tablesIn(texts: TableTexts): ConnectionTables {
  const waiting = /^TCP: .*\btw (\d+)/m.exec(texts.sockets ?? '')?.[1]
  const tracked = filling(texts.tracked, texts.trackedMax)
  const untrackable = droppedIn(texts.tracking ?? '')
  return {
    timeWait: filling(waiting, texts.timeWaitMax),
    tracked: tracked?.held === 0 && untrackable === 0 ? undefined : tracked,
    untrackable,
  }
}

/** Undefined where the kernel says neither, or sets no bounds: a bound of 0 is none. */
function filling(held: string | undefined, most: string | undefined): Filling | undefined {
  const bound = Number(most ?? 0)
  return held === undefined || bound === 0 ? undefined : { held: Number(held), most: bound }
}

/**
 * Column `drop` of /proc/net/stat/nf_conntrack: a line of names, then one of hexadecimal numbers for each CPU
 * (ct_cpu_seq_show() in net/netfilter/nf_conntrack_standalone.c).
 */
function droppedIn(text: string): number {
  const [names = '', ...lines] = text.trim().split('\n')
  const column = names.trim().split(/\s+/).indexOf('drop')
  return column === -1
    ? 0
    : lines.reduce((sum, line) => sum + Number.parseInt(line.trim().split(/\s+/)[column] ?? '0', 16), 0)
}
