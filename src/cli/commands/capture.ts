/** `bench capture`: a scenario on namespaces that are there already. */
import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { giveToCaller } from '../../host/caller.ts'
import { BenchError } from '../../host/errors.ts'
import { asCalled } from '../../host/project.ts'
import { capturedText, type FoundNamespace } from '../../scenario/captured.ts'
import { parseScenario } from '../../scenario/load.ts'
import type { NamespaceReference } from '../../scenario/place.ts'
import { fileOfReference } from '../../topology/existing.ts'
import { lookInto, reaches } from '../../topology/look.ts'
import { examplesText } from '../options/examples.ts'
import { parseCount } from '../options/option-values.ts'
import { print, tell } from '../terminal/output.ts'
import { requireRoot } from './root.ts'

interface Flags {
  readonly client: string
  readonly server: string
  readonly through?: readonly string[]
  readonly port: string
  readonly address?: string
  readonly output?: string
}

const help = `
NS is a name that \`ip netns\` knows, the path of a namespace's file, pid:NUMBER, or container:NAME (of Docker,
Podman or containerd).
${examplesText([
  ['sudo ./bench capture --client blue --server red > mine.yaml', 'two namespaces of `ip netns`'],
  [
    'sudo ./bench capture --client container:web --through pid:812 --server container:db --output mine.yaml',
    'containers, and what is between them',
  ],
])}
Then  sudo ./bench run mine.yaml  measures the path as it stands; a candidate stands in the file as comments.`

/** Adds the command. */
export function addCapture(program: Command): void {
  program
    .command('capture')
    .summary('write a scenario on namespaces that are there already')
    .description(
      'Looks into namespaces from a client to a server, and writes a scenario that measures the path between them as it stands. Changes nothing, and needs root.',
    )
    .requiredOption('--client <ns>', 'where requests come from')
    .requiredOption('--server <ns>', 'where they are answered')
    .option(
      '--through <ns>',
      'a namespace between them, in the order of the way; can be repeated',
      (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
    )
    .option(
      '--address <ip>',
      'what the client calls (default: an address of the server that it has a route to)',
    )
    .option('--port <n>', "the UDP port of pathbench's server", '7000')
    .option('--output <file>', 'where the scenario is written (default: standard output)')
    .addHelpText('after', help)
    .action(capture)
}

async function capture(flags: Flags): Promise<void> {
  const port = parseCount('--port', flags.port, 1, 65_535)
  requireRoot('look into namespaces')
  const { through = [] } = flags
  const wanted = [
    { name: 'client', text: flags.client },
    ...through.map((text, index) => ({
      name: through.length === 1 ? 'router' : `router-${index + 1}`,
      text,
    })),
    { name: 'server', text: flags.server },
  ]
  const namespaces: FoundNamespace[] = []
  for (const { name, text } of wanted) {
    const reference = referenceOf(text)
    namespaces.push({ name, reference, ...(await lookInto(await fileOfReference(reference))) })
  }
  const serverAddress = flags.address ?? (await reachableAddress(namespaces))
  const name = flags.output === undefined ? 'captured' : plainName(basename(flags.output))
  const text = capturedText({ name, namespaces, serverAddress, port })
  // What is written is a scenario that can be run.
  parseScenario(text, flags.output ?? 'captured.yaml')
  if (flags.output === undefined) {
    print(text.trimEnd())
    return
  }
  writeNew(flags.output, text)
  giveToCaller(flags.output)
  tell(`written  ${flags.output}`)
  tell(asCalled(`next     sudo ./bench run ${flags.output}`))
}

function referenceOf(text: string): NamespaceReference {
  const [, kind, rest = ''] = /^(pid|container):(.+)$/.exec(text) ?? []
  if (kind === 'container') return { container: rest }
  if (kind === 'pid') return { pid: parseCount('pid', rest, 1, 2 ** 31 - 1) }
  return { path: text.startsWith('/') ? text : `/run/netns/${text}` }
}

/** An address of the server that the client has a route to. @throws BenchError `usage` where there is none */
async function reachableAddress(namespaces: readonly FoundNamespace[]): Promise<string> {
  const [client] = namespaces
  const addresses = (namespaces.at(-1)?.devices ?? [])
    .flatMap((device) => device.addresses)
    .map((address) => address.split('/')[0] ?? '')
    .filter((address) => !address.includes(':'))
  const file = client === undefined ? '' : await fileOfReference(client.reference)
  for (const address of addresses) if (await reaches(file, address)) return address
  throw new BenchError('Could not find an address of the server that the client has a route to', {
    trouble: 'usage',
    details: `the server has: ${addresses.join(', ') || 'no IPv4 address'}`,
    hint: 'name what the client is to call with --address',
  })
}

const plainName = (file: string): string =>
  file
    .replace(/\.ya?ml$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40) || 'captured'

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    throw new BenchError(`Could not write ${file}: ${(error as Error).message}`, {
      trouble: 'usage',
      hint: 'name another file with --output',
      cause: error,
    })
  }
}
