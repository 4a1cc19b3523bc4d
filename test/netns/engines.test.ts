/** Whole runs whose floods are sent by each engine. */
import { asRoot } from './as-root.ts'
import { recordOf, unproven } from './proven.ts'
import { temporaryFolder } from './temporary-folder.ts'

for (const engine of ['gso', 'packet', 'xdp'])
  for (const family of ['4', '6'])
    asRoot(`floods by engine ${engine} go their proven ways over IPv${family}`, async (t) => {
      const words = ['redirect-vs-stack', '--engine', engine, '--family', family, '--blocks', '1']
      const record = await recordOf(words, temporaryFolder(t))
      t.deepEqual(unproven(record), [])
      const { paths, settings, scenario, command, trials } = record
      t.is(scenario, `redirect-vs-stack${family === '6' ? '-ipv6' : ''}-${engine}`)
      t.deepEqual(
        settings.trials.map((trial) => trial.engine),
        [engine, undefined, undefined],
      )
      t.true(command.includes(`--engine ${engine}`))
      const floods = trials.filter(({ kind }) => kind === 'flood')
      const packets = engine === 'gso' ? 12_800 : 800
      t.true(
        floods.every(({ sent, received, lost }) => sent === packets && received === packets && lost === 0),
      )
      // Merged packets are fewer in the kernel's counts, and no more than 64 in one; all others are counted one by one.
      const forwarded = paths[0]!.proof.find(({ what }) => what.includes('Forw'))!
      t.is(forwarded.expected.includes(' to '), engine === 'gso')
    })
