/** What a search found, in sentences. Pure. */
import type { Limits, Search, SearchGoal, SearchResult } from '../record/search.ts'
import { formatShare } from '../words/numbers.ts'

/** `ndr: no loss in more than half of 21 trials of 1 s, to within 0.5 %`. */
export function goalSentence({
  name,
  lossRatio,
  trialS,
  durationSumS,
  exceedRatio,
  width,
}: SearchGoal): string {
  const loss = lossRatio === 0 ? 'no loss' : `at most ${percent(lossRatio)} lost`
  const often =
    exceedRatio === 0
      ? `all of ${Math.ceil(durationSumS / trialS)}`
      : `at least ${formatShare(1 - exceedRatio, 0)} of ${Math.ceil(durationSumS / trialS)}`
  return `${name}: ${loss} in ${often} trials of ${Number(trialS.toPrecision(3))} s, to within ${percent(width)}`
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`

/** What limits each path, what is irregular, and which paths are no part of it. */
export function searchSentences(search: Search): string[] {
  const { paths } = search
  return [
    ...saidOfEach(search, ({ state, why = '' }) =>
      state === 'irregular' ? `irregular (!), as ${why}` : undefined,
    ),
    ...saidOfEach(search, ({ limits }) => limits && limitText(limits)),
    ...paths
      .filter(({ status }) => status !== 'measured')
      .map(({ name, status, reason }) => `${name}: ${status}${reason === undefined ? '' : `: ${reason}`}`),
    ...latencyNotes(search),
  ]
}

/** What is said of results: one sentence for all paths and goals of which the same is said. */
function saidOfEach(
  { paths, results }: Search,
  textOf: (result: SearchResult) => string | undefined,
): string[] {
  const said = paths.flatMap(({ name }) => {
    const own = results.filter(({ path }) => path === name)
    return [...Map.groupBy(own, textOf)].flatMap(([text, alike]) => {
      const who = alike.length === own.length ? name : `${name} (${alike.map(({ goal }) => goal).join(', ')})`
      return text === undefined ? [] : [{ text, who }]
    })
  })
  return [...Map.groupBy(said, ({ text }) => text)].map(
    ([text, alike]) => `${alike.map(({ who }) => who).join(', ')}: ${text}`,
  )
}

function limitText({ by, why, loss }: Limits): string {
  const { notOffered, atSocket, onPath } = loss
  const lost = notOffered + atSocket + onPath
  const parts = (
    [
      [notOffered, 'not sent in time'],
      [atSocket, 'at a full socket'],
      [onPath, 'on the path'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${formatShare(count / lost, 0)} ${words}`)
  return `limited by the ${by}: ${why} (of what was lost at the upper bound: ${parts.join(', ')})`
}

/** More than this share lost, a delay is that of the packets that got through. */
const notableLoss = 0.001

function latencyNotes({ latencies, paths }: Search): string[] {
  const byPath = paths.flatMap(({ name }) => {
    const own = latencies.filter(({ path, lost, packets }) => path === name && lost / packets > notableLoss)
    const parts = own.map(
      ({ share, lost, packets }) => `${formatShare(lost / packets)} at ${formatShare(share, 0)}`,
    )
    return own.length === 0 ? [] : [`${name} ${parts.join(', ')}`]
  })
  return byPath.length === 0 ? [] : [`packets got lost while delays were measured: ${byPath.join('; ')}`]
}
