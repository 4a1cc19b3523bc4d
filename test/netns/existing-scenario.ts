/** The scenario on namespaces that are there already, as `bench capture` writes it, and what of them a run is to leave alone. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { parseDocument } from 'yaml'
import type { RunRecord } from '../../src/record/record.ts'
import { bench, inProject } from './bench-command.ts'
import type { ExistingPath } from './existing-path.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const nop = inProject('build', 'bpf', 'nop.bpf.o')
export const device = 'to-client'
export const redirect = `redirect.bpf.c:redirect@router/${device}:tc/ingress`
export const services = `services={ key: { address: 10.77.2.2, port: 7000 }, value: { ifindex: ifindex(to-server), source_mac: mac(to-server), destination_mac: mac(server/eth0) } }`

/** The scenario that `bench capture` writes, with small trials, and `paths` beside its own. */
export async function captured(
  t: ExecutionContext,
  { names }: ExistingPath,
  paths: Readonly<Record<string, object>> = {},
): Promise<string> {
  const file = join(temporaryFolder(t), 'there.yaml')
  const { client, router, server } = names
  const places = ['--client', client, '--through', router, '--server', server]
  const ended = await bench(['capture', ...places, '--output', file])
  t.is(ended.exitCode, 0, ended.stderr)
  const document = parseDocument(readFileSync(file, 'utf8'))
  const load = [
    { kind: 'flood', packets: 200 },
    { kind: 'pingpong', packets: 50 },
    { kind: 'paced', packets: 100 },
  ]
  document.setIn(['load'], document.createNode(load))
  for (const [name, path] of Object.entries(paths))
    document.setIn(['paths', name], document.createNode({ role: 'candidate', title: name, ...path }))
  writeFileSync(file, document.toString())
  return file
}

export const runWords = (file: string, ...more: readonly string[]): string[] => [
  ...['run', file, '--rounds', '2', '--blocks', '1', '--json', '--quiet', '--no-report'],
  ...['--results', join(file, '..', 'results'), ...more],
]

export async function measured(
  t: ExecutionContext,
  exitCode: number,
  file: string,
  ...more: readonly string[]
): Promise<RunRecord['paths']> {
  const ended = await bench(runWords(file, ...more))
  t.is(ended.exitCode, exitCode, ended.stderr)
  const { paths, settings } = JSON.parse(ended.stdout) as RunRecord
  t.is(settings.place, 'existing')
  return paths
}

/** All that a run might leave in the router: programs, filters, qdiscs, rules, addresses, routes and links. */
export async function state({ run }: ExistingPath): Promise<string> {
  const looks = [
    ['tc', 'qdisc', 'show', 'dev', device],
    ['tc', 'filter', 'show', 'dev', device, 'ingress'],
    ['nft', 'list', 'ruleset'],
    ['ip', '-details', 'link', 'show'],
    ['ip', 'address', 'show'],
    ['ip', 'route', 'show'],
    ['sysctl', 'net.ipv4.ip_forward', `net.ipv4.conf.${device}.rp_filter`],
    [inProject('build', 'bpfload'), 'programs', device, '46'],
  ]
  const said: string[] = []
  for (const look of looks) said.push(await run('router', look))
  // A carrier comes a moment after both ends are up.
  return said.join('\n').replaceAll(/qlen \d+|NO-CARRIER,|state \w+| linkdown/g, '')
}
