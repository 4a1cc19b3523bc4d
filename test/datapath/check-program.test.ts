import test from 'ava'
import { checkProgram } from '../../src/datapath/check-program.ts'
import type { Program } from '../../src/scenario/schema.ts'
import { redirectBtf } from './types.ts'

const at = ['paths', 'redirect', 'programs', 0]

const program = (changes: Partial<Program>): Program => ({
  object: '/somewhere/redirect.bpf.c',
  program: 'redirect',
  hook: 'tc/ingress',
  namespace: 'netns-2',
  device: 'veth1@2',
  maps: {
    services: [
      {
        key: { address: '10.10.3.20', port: 7000 },
        value: {
          ifindex: 'ifindex(veth2@1)',
          source_mac: 'mac(veth2@1)',
          destination_mac: 'mac(netns-3/veth2@2)',
        },
      },
    ],
  },
  ...changes,
})

const entry = (key: Program['maps'][string][0]['key'], value: Program['maps'][string][0]['value']) => ({
  maps: { services: [{ key, value }] },
})

const problems = (changes: Partial<Program>) => checkProgram(program(changes), redirectBtf, at)

test('a program whose names and values fit the object has no problem', (t) => {
  t.deepEqual(problems({}), [])
})

test('a program that is absent from the object is told with the nearest name', (t) => {
  t.deepEqual(problems({ program: 'redirct' }), [
    {
      path: [...at, 'program'],
      message: 'no program "redirct" in redirect.bpf.c; did you mean "redirect"?',
    },
  ])
  t.is(
    problems({ program: 'forward_all' })[0]?.message,
    'no program "forward_all" in redirect.bpf.c (there: redirect)',
  )
})

test('a misspelt map is told with the nearest name', (t) => {
  t.deepEqual(problems({ maps: { service: [] } }), [
    {
      path: [...at, 'maps', 'service'],
      message: 'no map "service" in redirect.bpf.c; did you mean "services"?',
    },
  ])
})

test('a misspelt field is told with the nearest name, at its place in the file', (t) => {
  t.deepEqual(problems(entry({ adress: '10.10.3.20' }, {})), [
    {
      path: [...at, 'maps', 'services', 0, 'key', 'adress'],
      message: 'no field "adress" in struct service_key; did you mean "address"?',
    },
  ])
})

test('a reference of the wrong kind is told before anything is built', (t) => {
  t.deepEqual(problems(entry({}, { ifindex: 'mac(veth2@1)', source_mac: 'mac(veth2@1)' })), [
    {
      path: [...at, 'maps', 'services', 0, 'value', 'ifindex'],
      message: '"02:00:00:00:00:01" has 6 bytes, and the field has 4',
    },
  ])
  t.is(
    problems(entry({}, { source_mac: 'ifindex(veth2@1)' }))[0]?.message,
    'expected an address of 6 bytes, or a list of at most 6, found 1',
  )
})

test('every wrong entry is told', (t) => {
  const found = problems({
    program: 'nothing',
    maps: {
      services: [
        { key: { port: 70000 }, value: { ifindex: -1 } },
        { key: { port: 7000 }, value: 'text' },
      ],
      other: [],
    },
  })
  t.deepEqual(
    found.map(({ path }) => path.slice(at.length).join('.')),
    [
      'program',
      'maps.services.0.key.port',
      'maps.services.0.value.ifindex',
      'maps.services.1.value',
      'maps.other',
    ],
  )
})

test('a background is for hash maps that the object has', (t) => {
  t.deepEqual(problems({ background: { services: 1000 } }), [])
  t.deepEqual(problems({ background: { servcies: 1000 } }), [
    {
      path: [...at, 'background', 'servcies'],
      message: 'no map "servcies" in redirect.bpf.c; did you mean "services"?',
    },
  ])
})

test('a size is for maps that the object has, and their entries are held against it', (t) => {
  t.deepEqual(problems({ mapSizes: { services: 1 } }), [])
  t.deepEqual(problems({ mapSizes: { servcies: 1 } }), [
    {
      path: [...at, 'mapSizes', 'servcies'],
      message: 'no map "servcies" in redirect.bpf.c; did you mean "services"?',
    },
  ])
})
