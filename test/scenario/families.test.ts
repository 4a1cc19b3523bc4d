import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { parseDocument } from 'yaml'
import { inProject } from '../../src/host/project.ts'
import { BenchError } from '../../src/host/errors.ts'
import { changeFamily, replacedWords } from '../../src/scenario/families.ts'
import { sourceOfFamily } from '../../src/scenario/changes/family.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { exampleText, parse } from './example.ts'

test('words are replaced whole, the longest first, and what was put there is left', (t) => {
  const replace = {
    '10.0.0.1': 'fd00::1',
    '10.0.0.1:7000': '[fd00::1]:7000',
    '/24': '/64',
    'Udp.': 'Udp6.',
    a: 'b',
    b: 'c',
  }
  for (const [text, expected] of [
    ['10.0.0.1', 'fd00::1'],
    ['10.0.0.1/24', 'fd00::1/64'],
    ['10.0.0.1:7000', '[fd00::1]:7000'],
    ['10.0.0.12', '10.0.0.12'],
    ['110.0.0.1', '110.0.0.1'],
    ['10.0.0.1.2', '10.0.0.1.2'],
    ['to 10.0.0.1.', 'to fd00::1.'],
    ['/240', '/240'],
    ['a/Udp.InErrors + a/Udp6.InErrors', 'b/Udp6.InErrors + b/Udp6.InErrors'],
    ['a b ab', 'b c ab'],
  ] as const)
    t.is(replacedWords(text, replace), expected)
})

test('keys are replaced as values are, and a patch takes away, adds and changes', (t) => {
  const document = parseDocument('# kept\nname: x\nlist: [a, 1]\na: { a: 1, keep: 2 }\nfamilies: { 6: {} }\n')
  changeFamily(
    document,
    { replace: { a: 'z' }, rename: { keep: 'kept' }, merge: { z: { z: null, new: [1] }, list: ['q'] } },
    'ipv6',
  )
  t.is(document.toString(), '# kept\nname: x-ipv6\nlist:\n  - q\nz: { kept: 2, new: [ 1 ] }\n')
})

test('a number is a word: it is replaced whole, and stays one', (t) => {
  const document = parseDocument(
    'name: x\nmtu: 1450\nmore: [14500, 1.1450, text 1450]\nfamilies: { 6: {} }\n',
  )
  changeFamily(document, { replace: { 1450: '1430' }, rename: {}, merge: {} }, 'ipv6')
  t.is(document.toString(), 'name: x-ipv6\nmtu: 1430\nmore: [ 14500, 1.1450, text 1430 ]\n')
})

test('a scenario that says nothing of a family refuses it, and says what to do', (t) => {
  const error = t.throws(() => sourceOfFamily(parse(exampleText), 6), { instanceOf: BenchError })
  t.is(
    error.message,
    'Could not use --family 6: scenario example is of IPv4, and does not say what it is over IPv6',
  )
  t.regex(error.hint ?? '', /give it a section "families: \{ 6:/)
})

test('the family that a scenario has already changes nothing', (t) => {
  t.is(sourceOfFamily(parse(exampleText), 4), exampleText)
})

test('changes that leave the server where it is are refused', (t) => {
  t.throws(() => loadScenario(inProject('test', 'scenario', 'half-family.yaml'), { family: '6' }), {
    message:
      'Could not use --family 6: with its changes, scenario half-family-ipv6 has a server with an address of IPv4',
  })
})

test('redirect-vs-stack over IPv6 has a name of its own, IPv6 addresses alone, and its map of IPv6', (t) => {
  const four = loadScenario(findScenario('redirect-vs-stack'))
  const six = loadScenario(findScenario('redirect-vs-stack'), { family: '6' })
  t.is(six.name, 'redirect-vs-stack-ipv6')
  t.deepEqual([four.family, six.family], [4, 6])
  t.deepEqual(
    six.paths.map(({ name }) => name),
    four.paths.map(({ name }) => name),
  )
  t.false(/\b10\.10\./.test(six.source))
  const [program] = six.paths[1]!.programs
  t.deepEqual(program!.maps, {
    services6: [
      {
        key: { address: 'fd00:10:3::20', port: 7000 },
        value: {
          ifindex: 'ifindex(veth2@1)',
          source_mac: 'mac(veth2@1)',
          destination_mac: 'mac(netns-3/veth2@2)',
        },
      },
    ],
  })
  t.deepEqual(program!.sample, {
    source: '[fd00:10:2::11]:40000',
    destination: '[fd00:10:3::20]:7000',
    dscp: 0,
  })
})

test('other changes come on top of the family', (t) => {
  const { paths } = loadScenario(findScenario('redirect-vs-stack'), { family: '6', only: ['redirect'] })
  t.deepEqual(
    paths.map(({ name }) => name),
    ['stack', 'redirect', 'control'],
  )
})

test('changes that make no scenario of a file are told as mistakes of it, whatever else changes', (t) => {
  const text = readFileSync(findScenario('redirect-vs-stack'), 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'bench test-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'own.yaml')
  for (const [merge, mistake] of [
    ['{ title: { x: 1 } }', /title: expected string/],
    ['{ load: { a: 1 } }', /load: expected/],
    ['{ paths: 7 }', /paths: expected/],
  ] as const) {
    writeFileSync(file, text.replace(/^ {2}6:\n/m, `  6:\n    merge: ${merge}\n`))
    for (const changes of [{}, { set: ['flows=2'] }]) {
      const error = t.throws(() => loadScenario(file, { family: '6', ...changes }), {
        instanceOf: BenchError,
      })
      t.is(error.trouble, 'usage')
      t.regex(`${error.message}${error.details}`, mistake)
    }
  }
})
