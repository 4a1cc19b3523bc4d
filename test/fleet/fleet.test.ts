/** `bench fleet` by real ansible-playbook over real sshd: three hosts that answer, and one that is not there. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { startSite } from './site.ts'

test('hosts that measured have rows, and those that could not are told by name and reason', async (t) => {
  t.timeout(300_000)
  const site = await startSite(t, {
    'web-1': {},
    'web-2': {},
    bare: { variables: { ansible_python_interpreter: '/no/python3' } },
    gone: { isAbsent: true },
  })
  const [results, reports] = [join(site.folder, 'results'), join(site.folder, 'reports')]
  const { exitCode, stdout, stderr } = await site.bench(
    ...['fleet', 'redirect-vs-stack', '--inventory', site.inventory, '--quick', '--blocks', '2'],
    ...['--only', 'stack,control,redirect', '--no-install', '--json', '--results', results, '--reports', reports],
  )
  t.is(exitCode, 4, stderr)
  t.log(stdout.slice(0, 3000), stderr.slice(0, 4000))
  t.true(existsSync(results))
})
