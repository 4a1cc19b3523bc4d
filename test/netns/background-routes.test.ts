import { execa } from 'execa'
import { backgroundRoutes } from '../../src/topology/background.ts'
import { parse, exampleText } from '../scenario/example.ts'
import { asRoot } from './as-root.ts'
import { inProject } from './bench-command.ts'

const { topology } = parse(exampleText).paths[0]!
const adding = [inProject('build', 'blackholes')]

/** Runs shell words in a network namespace of their own. */
const alone = (script: string, input: string) =>
  execa('unshare', ['--net', 'sh', '-c', script, ...adding], { input, reject: false })

asRoot('100,000 routes are added, each where it is said', async (t) => {
  const prefixes = backgroundRoutes(100_000, topology)
  const { exitCode, stdout, stderr } = await alone('"$0" && ip route show', `${prefixes.join('\n')}\n`)
  t.is(exitCode, 0, stderr)
  t.deepEqual(
    stdout
      .split('\n')
      .map((line) => line.trim())
      .toSorted(),
    prefixes.map((prefix) => `blackhole ${prefix}`).toSorted(),
  )
})

asRoot('a route that the kernel refuses, and a line that is none, are told with their number', async (t) => {
  const twice = await alone('"$0"', '192.0.2.0/24\n198.51.100.0/24\n192.0.2.0/24\n203.0.113.0/24\n')
  t.is(twice.exitCode, 1)
  t.is(twice.stderr, 'blackholes: could not add the route of line 3: File exists')
  const wrong = await alone('"$0"', '192.0.2.0/24\n192.0.2/24\n')
  t.is(wrong.exitCode, 1)
  t.is(wrong.stderr, 'blackholes: line 2 is no IPv4 prefix')
})
