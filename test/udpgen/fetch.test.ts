/** Pages that are got over a path, and compared with what their servers send. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { inProject } from '../../src/host/project.ts'
import { binaries, type Binary, build, type Generator, startGenerator } from './generator.ts'
import { loopback } from './topologies.ts'
import { liesByPort } from './web-lies.ts'

test.before(build)

interface Web {
  readonly generator: Generator
  /** Gets 8 pages over two connections, or whatever `changes` say. */
  readonly fetch: (port: number, changes?: object) => ReturnType<Generator['ask']>
}

/** Leaves the socket of a server that has died. */
const dying =
  'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))'

/** A generator beside web servers, in one namespace. */
async function withWeb(t: ExecutionContext, binary: Binary): Promise<Web> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-web-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  const server = `'${process.execPath}' '${inProject('test', 'udpgen', 'lying-web-server.ts')}' '${folder}'`
  const generator = await startGenerator(t, binary, {
    ...loopback,
    // It ends with the shell, which becomes the generator.
    setup: `${loopback.setup}
mkfifo '${folder}/ready'
'${process.execPath}' -e '${dying}' '${folder}/dead' || :
setpriv --pdeathsig KILL ${server} >'${folder}/ready' &
read -r _ <'${folder}/ready'`,
  })
  return {
    generator,
    fetch: (port, changes = {}) =>
      generator.ask({
        command: 'fetch',
        page: '/page',
        servers: ['a', 'b', 'dead'].map((name) => `${folder}/${name}`),
        targets: [{ address: '127.0.0.1', port, server: 0 }],
        connections: 2,
        requests: 8,
        timeoutNs: 20e9,
        ...changes,
      }),
  }
}

const whole = { event: 'fetched', answered: 8, corrupted: 0, misdirected: 0 }
const spoilt = { ...whole, corrupted: 8 }
const dead = { ...whole, answered: 0 }

const expected: Readonly<Record<keyof typeof liesByPort, object>> = {
  honest: whole,
  'in pieces': whole,
  'last byte of the body': spoilt,
  'one in 97': whole,
  'a name in the head': spoilt,
  'the date': spoilt,
  'half a date': spoilt,
  'moved bytes': spoilt,
  'a byte less': spoilt,
  'a byte more': spoilt,
  'a byte behind': spoilt,
  'another page': spoilt,
  'an error': spoilt,
  'no HTTP': spoilt,
  'another server': { ...whole, misdirected: 8 },
  'half an answer, then the end': dead,
  'the end': dead,
  silence: dead,
}

for (const binary of binaries) {
  test.serial(`${binary} compares every byte of an answer with what the server sends`, async (t) => {
    const { generator, fetch } = await withWeb(t, binary)
    for (const [lie, counts] of Object.entries(expected)) {
      const changes = lie === 'silence' ? { timeoutNs: 50e6 } : {}
      t.deepEqual(await fetch(liesByPort[lie as keyof typeof liesByPort], changes), counts as never, lie)
    }
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary} finds one spoilt answer among 97, and goes on`, async (t) => {
    const { generator, fetch } = await withWeb(t, binary)
    const answer = await fetch(liesByPort['one in 97'], { requests: 200, connections: 8 })
    t.deepEqual(answer, { ...whole, answered: 200, corrupted: 2 } as never)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: behind a service any of its servers may answer`, async (t) => {
    const { generator, fetch } = await withWeb(t, binary)
    const port = liesByPort['another server']
    t.deepEqual(await fetch(port, { targets: [{ address: '127.0.0.1', port }] }), whole as never)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: a server that has died is nobody else's fault`, async (t) => {
    const { generator, fetch } = await withWeb(t, binary)
    const targets = [liesByPort.honest, 7999].map((port, server) => ({
      address: '127.0.0.1',
      port,
      server: 2 * server,
    }))
    const { answered, corrupted } = (await fetch(0, { targets })) as unknown as Record<string, number>
    // The connection to the dead one uses requests up, one by one.
    t.true(answered! >= 1 && answered! < 8)
    t.is(corrupted, 0)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: connections call the targets in turn`, async (t) => {
    const { generator, fetch } = await withWeb(t, binary)
    const targets = (['honest', 'another server', 'the end', 'honest'] as const).map((lie) => ({
      address: '127.0.0.1',
      port: liesByPort[lie],
      server: 0,
    }))
    // A request each.
    t.deepEqual(await fetch(0, { targets, connections: 4, requests: 4 }), {
      ...whole,
      answered: 3,
      misdirected: 1,
    } as never)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: where nobody listens, or no route leads, nothing is answered`, async (t) => {
    const { generator, fetch } = await withWeb(t, binary)
    t.deepEqual(await fetch(7999), dead as never)
    t.deepEqual(await fetch(80, { targets: [{ address: '10.9.9.9', port: 80 }] }), dead as never)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary} says what is wrong with a command, and which server does not answer`, async (t) => {
    const { generator, fetch } = await withWeb(t, binary)
    const port = liesByPort.honest
    const target = { address: '127.0.0.1', port }
    for (const [changes, message] of [
      [{ servers: ['/nowhere'] }, 'could not connect to /nowhere: No such file or directory'],
      [{ servers: ['x'.repeat(108)] }, `could not connect to ${'x'.repeat(108)}: File name too long`],
      [{ servers: [] }, 'servers is not a list of 1 to 16'],
      [{ servers: [1] }, 'servers[0] is not a string'],
      [{ targets: [] }, 'targets is not a list of 1 to 16'],
      [{ targets: [{ ...target, server: 3 }] }, 'targets[0]: server is 3, expected -1 to 2'],
      [{ targets: [{ ...target, port: 0 }] }, 'targets[0]: port is 0, expected 1 to 65535'],
      [{ targets: [{ ...target, address: 'vip' }] }, 'target address "vip" is not an IPv4 or IPv6 address'],
      [{ page: 'page' }, 'page is "page", expected "/" and up to 127 bytes more'],
      [{ connections: 65 }, 'connections is 65, expected 1 to 64'],
      [{ requests: 0 }, 'requests is 0, expected 1 to 10000'],
      [{ timeoutNs: 0 }, 'timeoutNs is 0, expected 1 to 60000000000'],
      [{ namespace: '/none' }, 'could not open namespace /none: No such file or directory'],
    ] as const)
      t.like(await fetch(port, changes), { event: 'error', command: 'fetch', message })
    t.deepEqual(await fetch(port), whole as never)
    t.is(await generator.end(), 0)
  })
}
