/**
 * Compares udpgen's tcp-crr with h2load on the kernel's own forwarding path between three namespaces: connections a second,
 * one after the other, a request and an answer of about as many bytes on each, client on CPU 0, server on CPU 1, in turns of
 * random order.
 *
 * h2load has no option for a connection per request: nginx closes after each answer, and h2load connects again. That it did is
 * counted by the server's kernel. What h2load and nginx take to read and write HTTP is in their figure.
 *
 * Run as root: `node test/benchmarks/tcp-crr-vs-h2load.ts [rounds]`
 */
import { execa } from 'execa'
import { inProject } from '../../src/host/project.ts'
import { searchPath } from '../../src/host/search-path.ts'
import type { Generator } from '../udpgen/generator.ts'
import { compare, generatorOnRouter, inOwnNamespaces, path, report, server } from '../udpgen/side-by-side.ts'
import { connect, withPools } from '../udpgen/tcp-path.ts'

/** Set-up unpacks nginx in the checkout, as its package would start a service. */
const environment = {
  env: { PATH: `${inProject('.toolchain', 'bin')}:${searchPath(process.env.PATH)}` },
  extendEnv: false,
}
const port = 7400
const bytes = 256
const connections = 4000

interface Contestant {
  readonly name: string
  /** Connections a second. */
  readonly rate: () => Promise<number>
}

const inNamespace = (namespace: string, cpu: number, ...command: readonly string[]): string[] => [
  ...['netns', 'exec', namespace, 'taskset', '-c', String(cpu)],
  ...command,
]

// The head of nginx's answer has some 150 bytes.
const configuration = `daemon on;
master_process off;
pid /run/nginx.pid;
error_log /run/nginx.log;
events { worker_connections 512; }
http {
  access_log off;
  keepalive_timeout 0;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `  ${kind}_temp_path /run/${kind};`).join('\n')}
  server {
    listen ${port} backlog=512;
    location / { return 200 "${'x'.repeat(bytes - 150)}"; }
  }
}
`

const startServer = async (): Promise<void> => {
  await execa('sh', ['-c', 'cat >/run/nginx.conf'], { input: configuration })
  const command = ['nginx', '-c', '/run/nginx.conf', '-e', '/run/nginx.log']
  await execa('ip', inNamespace('netns-3', 1, ...command), environment)
}

/** Connections that the server's kernel has taken. */
const accepted = async (): Promise<number> => {
  const { stdout } = await execa('ip', ['netns', 'exec', 'netns-3', 'cat', '/proc/net/snmp'], environment)
  const [names = '', values = ''] = stdout.split('\n').filter((line) => line.startsWith('Tcp:'))
  return Number(values.split(' ')[names.split(' ').indexOf('PassiveOpens')])
}

const h2load: Contestant = {
  name: 'h2load',
  rate: async () => {
    const before = await accepted()
    const options = ['--h1', '-c', '1', '-t', '1', '-n', String(connections), `http://${server}:${port}/`]
    const { stdout } = await execa('ip', inNamespace('netns-1', 0, 'h2load', ...options), environment)
    const made = (await accepted()) - before
    if (made < connections || !stdout.includes(`${connections} succeeded`))
      throw new Error(`${made} connections for ${connections} requests of h2load:\n${stdout}`)
    return Number(/, ([\d.]+) req\/s/.exec(stdout)![1])
  },
}

const udpgen = (generator: Generator): Contestant => ({
  name: 'udpgen',
  rate: async () => {
    const sizes = { requestBytes: 64, responseBytes: bytes }
    const order = { path: 'stack', kind: 'tcp-crr', pool: 0, transactions: connections, ...sizes }
    const [record] = await generator.run(order)
    if (record!.received !== connections)
      throw new Error(`${record!.received} of ${connections} transactions of udpgen`)
    return connections / (record!.durationNs / 1e9)
  },
})

const run = async (rounds: number): Promise<void> => {
  const generator = await generatorOnRouter(withPools(path, { connections: 0 }))
  await startServer()
  await generator.ask(connect('stack', 150e6))
  report(
    'TCP connections a second, a request and an answer on each',
    'per second',
    await compare([udpgen(generator), h2load], rounds, ({ rate }) => rate()),
  )
  await generator.end()
}

await inOwnNamespaces(import.meta.url, 10, run)
