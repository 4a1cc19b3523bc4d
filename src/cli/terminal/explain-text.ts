/** Where the packets of a path ended, for the terminal. Pure. */
import type { Explained } from '../../run/explain-session.ts'
import { stationTitle } from '../../trace/stations.ts'
import type { Way } from '../../trace/way.ts'
import { formatCount } from '../../words/numbers.ts'
import { styled } from './output.ts'
import { wrapped } from './wrap.ts'

const width = 80

export function explainText({
  path,
  sent,
  answered,
  refusal,
  endings,
  there,
  back,
  missing,
}: Explained): string {
  const summary = `${path}: ${formatCount(answered)} of ${formatCount(sent)} requests were answered`
  const lines = endings.flatMap(({ kind, packets, where, words }) =>
    wrapped(
      `${where}: ${words}; ${formatCount(packets)} ${packets === 1 ? kind : kind === 'reply' ? 'replies' : 'requests'}`,
      width,
    ),
  )
  return [
    styled('bold', summary),
    ...(refusal === undefined ? [] : [`The client's kernel accepted no packet: ${refusal}`]),
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
    ...wayText('As far as a request came', there),
    ...(answered === sent ? [] : wayText('As far as a reply came', back)),
    ...(missing.length === 0 ? [] : [`This kernel has no probe for: ${missing.join(', ')}`]),
  ].join('\n\n')
}

/** A line for each place that it was in. */
function wayText(title: string, way: Way | undefined): string[] {
  if (way === undefined) return []
  const lines: { place: string; stations: string[] }[] = []
  for (const { station, namespace, device, verdict } of way.stations) {
    const place = device === undefined ? namespace : `${namespace}/${device}`
    const last = lines.at(-1)
    const said = `${stationTitle(station)}${verdict === undefined ? '' : ` (${verdict})`}`
    if (last?.place === place) last.stations.push(said)
    else lines.push({ place, stations: [said] })
  }
  return [
    [
      `${title}:`,
      ...lines.flatMap(({ place, stations }) =>
        wrapped(`${place}: ${inTurn(stations).join(', ')}`, width - 4).map((line, index) =>
          index === 0 ? `  ${line}` : `    ${line}`,
        ),
      ),
    ].join('\n'),
  ]
}

/** One that follows itself is said once, with how often. */
function inTurn(stations: readonly string[]): string[] {
  const turns: { station: string; times: number }[] = []
  for (const station of stations) {
    const last = turns.at(-1)
    if (last?.station === station) last.times += 1
    else turns.push({ station, times: 1 })
  }
  return turns.map(({ station, times }) => (times === 1 ? station : `${station} (${times} times)`))
}
