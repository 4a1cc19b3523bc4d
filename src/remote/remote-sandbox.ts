/**
 * A sandbox on another host, over one connection of ssh(1): as the one here, private mount, network and PID namespaces whose
 * first process ends with its input, which is the connection. All that is brought there lies in its tmpfs: however
 * pathbench or the connection ends, the kernel there frees it.
 */
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { readFileSync } from 'node:fs'
import { execa } from 'execa'
import { endsWithin } from '../host/ends-within.ts'
import { killGroup } from '../host/kill-group.ts'
import { RoundTrips } from '../host/round-trips.ts'
import type { Command } from '../host/tool.ts'
import { outputsOf } from '../topology/carry-out.ts'
import { enteringWords, type RemoteSandbox, sandboxFolders } from '../topology/sandbox.ts'
import { decodeEnds, encodeSteps, type Step, type StepEnd } from '../topology/steps.ts'
import { Frames, heartbeat } from './frames.ts'
import { filesFolder, openingCommand, patienceS, payload, sentFiles } from './payload.ts'
import { firstCall, furtherCall, hostError, type SshHost } from './ssh.ts'
import { staticLoader } from './static-loader.ts'

/** Longest that a connection may take, with what is sent first, s. */
const openLimitS = 120
/** Longest that the connection is waited for to end by itself, s. */
const closeLimitS = 10

/** A sandbox on another host, and the connection that leads to it. */
export interface OpenRemoteSandbox extends RemoteSandbox {
  /** The ssh(1) that holds the connection. */
  readonly sshProcess: number
  /** Addresses of its ends as that host sees them. */
  readonly connection: { readonly client: string; readonly server: string }
}

/**
 * Connects to a host, and has the sandbox opened there.
 *
 * @throws BenchError `machine` where the host cannot be reached, or lacks something
 */
async function connect(host: SshHost, control: string, sent: Parameters<typeof payload>[0]) {
  // By a signal that it can act on: it takes the socket away.
  const [file, ...words] = [
    'setpriv',
    '--pdeathsig',
    'TERM',
    ...firstCall(host, control, openingCommand),
  ] as const
  const ssh = execa(file, words, { stdin: 'pipe', detached: true, reject: false, buffer: { stdout: false } })
  ssh.stdin.on('error', () => undefined)
  ssh.stdin.write(payload(sent))
  const roundTrips = new RoundTrips()
  const frames = new Frames((bytes) => {
    ssh.stdin.write(bytes)
  })
  const greeting = greetingOf(ssh.stdout, frames)
  const ended = ssh.then((): undefined => {
    frames.close()
  })
  const isInTime = await roundTrips.wait(endsWithin(Promise.race([greeting, ended]), openLimitS))
  if (!isInTime) killGroup(ssh.pid)
  const greeted = isInTime ? await Promise.race([greeting, ended]) : undefined
  if (greeted === undefined) {
    const { stderr, exitCode } = await ssh
    throw hostError(host, exitCode, isInTime ? stderr : `${stderr}\nit was not ready within ${openLimitS} s`)
  }
  return { ssh, roundTrips, frames, greeted }
}

/**
 * Opens one.
 *
 * @throws BenchError `machine` where the host cannot be reached, or lacks something
 */
export async function openRemoteSandbox(host: SshHost): Promise<OpenRemoteSandbox> {
  const sent = sentFiles(await staticLoader())
  const control = join(tmpdir(), `pathbench-${randomBytes(6).toString('hex')}`)
  const { ssh, roundTrips, frames, greeted } = await connect(host, control, sent)
  const beats = setInterval(() => ssh.stdin.write(heartbeat), (patienceS / 6) * 1000)
  beats.unref()

  const copies = new Map(sent.map((one) => [one.file, `${filesFolder}/${basename(one.file)}`]))
  const copyOf = (path: string): string => copies.get(path) ?? path
  const withCopies = ([name, ...rest]: Command): Command => [copyOf(name), ...rest.map(copyOf)]
  const within = (isSealed: boolean, command: Command, namespaceFile?: string): Command =>
    enteringWords(greeted.opened, isSealed, withCopies(command), namespaceFile)
  // It ends with pathbench, and its connection's channel with it: what it runs there sees its input end.
  const outside = (command: Command): Command => [
    'setpriv',
    '--pdeathsig',
    'KILL',
    ...furtherCall(host, control, command),
  ]
  const carryOut = async (steps: readonly Step[]): Promise<StepEnd[]> => {
    if (steps.length === 0) return []
    const there = steps.map((step) => ({ ...step, command: withCopies(step.command) }))
    const ends = decodeEnds(await roundTrips.wait(frames.ask(encodeSteps(there, sandboxFolders.namespaces))))
    if (ends.length === steps.length || ends.at(-1)?.state === 'failed') return ends
    const stderr = `the connection to host "${host.name}" is lost`
    return [...ends, { state: 'failed', exitCode: undefined, stdout: '', stderr, cause: undefined }]
  }
  const sandbox: OpenRemoteSandbox = {
    at: () => sandbox,
    host: host.name,
    sshProcess: ssh.pid ?? 0,
    connection: greeted,
    firstProcess: greeted.opened,
    enter: (command, namespaceFile) => outside(within(true, command, namespaceFile)),
    enterUnsealed: (command, namespaceFile) => outside(within(false, command, namespaceFile)),
    within: (command, namespaceFile) => within(true, command, namespaceFile),
    outside,
    copyOf,
    bring: async (files) => {
      const missing = [...new Set(files)].filter((one) => !copies.has(one))
      for (const one of missing) copies.set(one, `${filesFolder}/${copies.size}-${basename(one)}`)
      await outputsOf(missing.map(bringStep), carryOut(missing.map(bringStep)))
    },
    roundTrips,
    run: (steps) => outputsOf(steps, carryOut(steps)),
    tryStep: async (step) => (await carryOut([step]))[0]!,
    close: async () => {
      clearInterval(beats)
      ssh.stdin.end()
      if (await endsWithin(ssh, closeLimitS)) return
      ssh.kill('SIGTERM')
      if (await endsWithin(ssh, closeLimitS)) return
      killGroup(ssh.pid)
      await endsWithin(ssh, closeLimitS)
    },
  }
  return sandbox

  function bringStep(path: string): Step {
    return {
      command: ['sh', '-c', 'base64 -d >"$1"', 'bring', copyOf(path)],
      input: readFileSync(path).toString('base64'),
      what: `bring ${path} to host "${host.name}"`,
    }
  }
}

interface Greeting {
  /** The process that opened the sandbox, as its host numbers it. */
  readonly opened: number
  readonly client: string
  readonly server: string
}

/** The lines that come before all frames; what follows them goes to `frames`. */
function greetingOf(output: NodeJS.ReadableStream, frames: Frames): Promise<Greeting> {
  return new Promise((resolve) => {
    let text = ''
    const listen = (chunk: Buffer): void => {
      text += chunk.toString('latin1')
      // A login shell may write something of its own before.
      const greeting = /^(\d+) (\S+) \S+ (\S+) \S+\nready\n/m.exec(text)
      if (greeting === null) return
      output.off('data', listen).on('data', (bytes: Buffer) => {
        frames.hear(bytes)
      })
      frames.hear(Buffer.from(text.slice(greeting.index + greeting[0].length), 'latin1'))
      const [, opened = '', client = '', server = ''] = greeting
      resolve({ opened: Number(opened), client, server })
    }
    output.on('data', listen)
  })
}
