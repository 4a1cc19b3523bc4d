/** A soak, for the terminal. Pure. */
import { kernelRelease } from '../../across/identity.ts'
import type { Soak } from '../../record/soak.ts'
import { soakSentences } from '../../soak/sentences.ts'
import { pathsTable } from '../../soak/tables.ts'
import { formatRate } from '../../words/numbers.ts'
import { roughTime, wallTime } from '../../words/wall-time.ts'
import { tableLines } from './search-text.ts'
import { setIn, wrapped } from './wrap.ts'

/** @param width columns that there are */
export function soakText(soak: Soak, width: number): string {
  const { scenario, ratePps, payloadBytes, complete, timeS, stretchS } = soak
  return [
    ...wrapped(
      `${scenario}: ${formatRate(ratePps)} for ${roughTime(timeS)}, UDP ${payloadBytes} B, Linux ${kernelRelease(soak)}, ${wallTime(soak)}`,
      width,
    ),
    `paths in turns, stretches of ${roughTime(stretchS)}`,
    '',
    ...tableLines(pathsTable(soak), width),
    '',
    ...soakSentences(soak).flatMap((sentence) => setIn(sentence, width)),
    ...(complete ? [] : ['ended early: what was measured until then is kept']),
  ].join('\n')
}
