import { existsSync } from 'node:fs'
import test from 'ava'
import { searches } from '../../src/keep/rate-store.ts'
import { bench } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { madeUpSearch, taking } from '../search/made-up-search.ts'

test('clean keeps the newest searches of a scenario, and removes those before', async (t) => {
  const results = temporaryFolder(t)
  const search = madeUpSearch({ stack: taking(400_000, 'onPath') }, 3)
  const [older, newer] = ['search-20261126T100000Z-00000001', 'search-20261127T100000Z-00000001'].map(
    (searchId) => searches.write(results, { ...search, searchId }),
  )
  const { exitCode } = await bench(['clean', '--keep', '1', '--results', results, '--reports', results])
  t.is(exitCode, 0)
  t.false(existsSync(older!))
  t.true(existsSync(newer!))
  t.is((await bench(['report', 'search-20261126', '--results', results])).exitCode, 2)
})
