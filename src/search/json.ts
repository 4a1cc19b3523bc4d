/** A search as `--json` prints it: what was found, and what is said of it. Pure. */
import { capacityRatio } from '../record/capacity.ts'
import type { Search } from '../record/search.ts'
import { searchSentences } from './sentences.ts'

export function searchJson(search: Search): object {
  const { scenarioSource: _source, trials, results, ...rest } = search
  return {
    ...rest,
    results: results.map((result) => ({ ...result, ratioToBaseline: capacityRatio(search, result) ?? null })),
    trials: trials.length,
    sentences: searchSentences(search),
  }
}
