/** What is said of a scenario with a mistake. */
import test from 'ava'
import { changed, problemsOf } from './example.ts'

/** Changed in one place, the example has exactly these problems. */
export const isWrong = test.macro({
  title: (what) => `${what} is told with its line, its path and what was expected`,
  exec: (t, from: string, to: string, ...problems: readonly string[]) => {
    t.deepEqual(problemsOf(changed(from, to)), problems)
  },
})
