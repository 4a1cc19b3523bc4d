import { asRoot } from './as-root.ts'
import { recordOf, unproven } from './proven.ts'
import { temporaryFolder } from './temporary-folder.ts'

for (const [scenario, more, atLeast] of [
  ['redirect-family', [], 14],
  // Those whose rules name a protocol.
  ['redirect-family', ['--family', '6', '--only', 'stack,nft-fwd,mirred,afxdp'], 5],
  ['overlay-vs-native', [], 5],
  ['overlay-vs-native', ['--family', '6'], 5],
] as const)
  asRoot(`TCP of ${[scenario, ...more].join(' ')} goes its proven ways`, async (t) => {
    const record = await recordOf([scenario, '--load', 'tcp', ...more], temporaryFolder(t))
    // What is skipped on this machine is looked at on kernels that have it.
    const paths = record.paths.filter(({ status }) => status !== 'skipped')
    t.deepEqual(unproven({ paths }), [])
    t.true(paths.length >= atLeast, paths.map(({ name }) => name).join(', '))
  })
