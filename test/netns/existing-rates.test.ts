import { join } from 'node:path'
import { searches, soaks } from '../../src/keep/rate-store.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { existingPath } from './existing-path.ts'
import { captured, redirect, runWords, services, state } from './existing-scenario.ts'

asRoot(
  'searches, soaks and sweeps go over what is there, a path at a time, and leave it as it was',
  async (t) => {
    const there = await existingPath(t)
    const file = await captured(t, there)
    const before = await state(there)
    const results = join(file, '..', 'results')
    const mine = ['--with', `mine=${redirect}`, '--map', services]
    const places = [...mine, '--no-report', '--results', results]
    const paths = [
      ['as-it-is', 'measured'],
      ['control', 'measured'],
      ['mine', 'measured'],
    ]

    const coarse = ['--goal', 'pdr', '--loss', '50%', '--trial', '20ms', '--sum', '60ms', '--width', '50%']
    const searched = await bench([
      'search',
      file,
      ...coarse,
      '--max-rate',
      '4k',
      '--max-time',
      '60s',
      ...places,
    ])
    t.is(searched.exitCode, 0, searched.stderr)
    const search = searches.read(results, searches.list(results)[0]!.id).kept
    t.deepEqual(
      search.paths.map(({ name, status }) => [name, status]),
      paths,
    )
    t.true(search.trials.every(({ loss }) => loss.onPath === 0))

    const soaked = await bench(['soak', file, '--rate', '1k', '--time', '2s', ...places])
    t.is(soaked.exitCode, 0, soaked.stderr)
    const soak = soaks.read(results, soaks.list(results)[0]!.id).kept
    t.deepEqual(
      soak.paths.map(({ name, status }) => [name, status]),
      paths,
    )

    const swept = await bench(runWords(file, ...mine, '--sweep', 'payload=64,128'))
    t.is(swept.exitCode, 0, swept.stderr)
    t.is(await state(there), before)
  },
)
