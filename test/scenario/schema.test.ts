import test from 'ava'
import { hooks } from '../../src/parts/hooks/hooks.ts'
import { needs } from '../../src/parts/needs/needs.ts'
import { changed, errorOf, problemsOf } from './example.ts'
import { isWrong } from './told-problem.ts'

const namesOf = (parts: readonly { readonly name: string }[]) => parts.map(({ name }) => name).join(', ')

test(
  'an unknown key with a near word',
  isWrong,
  'needs: [tc-bpf]',
  'need: [tc-bpf]',
  '35:5  paths.redirect.need: unknown key "need"; did you mean "needs"?',
)
test(
  'an unknown key of a trial',
  isWrong,
  'payloadBytes: 128',
  'payloadByte: 128',
  '24:34  load[1].payloadByte: unknown key "payloadByte"; did you mean "payloadBytes"?',
)
test(
  'a key that another kind of trial has',
  isWrong,
  'kind: flood',
  'kind: flood, ratePps: 5',
  '23:20  load[0].ratePps: unknown key "ratePps" (known here: kind, packets, payloadBytes, engine, sink, name)',
)
test(
  'an unknown key far from any word',
  isWrong,
  'client:',
  'weather: fine\nclient:',
  '20:1  weather: unknown key "weather" (known here: $schema, name, title, description, place, parameters, matrix, families, hosts, topology, client, server, servers, service, load, loads, paths, gates)',
)
test(
  'an unknown key in the changes of a path',
  isWrong,
  '      links:\n        veth1: null',
  '      linkz:\n        veth1: null',
  '60:7  paths.floor.topology.linkz: unknown key "linkz"; did you mean "links"?',
)
test(
  'a value in the changes of a path',
  isWrong,
  'veth1: null',
  'veth1: 5',
  '61:9  paths.floor.topology.links.veth1: expected array, found 5',
)
test('a missing key', isWrong, 'title: An example\n', '', '1:1  title: missing')
test(
  'an upper-case name of a path',
  isWrong,
  '  redirect:\n',
  '  Redirect:\n',
  '32:3  paths.Redirect: expected a name of lower-case letters, digits and "-"',
)
test(
  'a port out of range',
  isWrong,
  'port: 7000',
  'port: 65536',
  '21:51  server.port: expected a port, 1 to 65535, found 65536',
)
test(
  'a port of another type',
  isWrong,
  'port: 7000',
  'port: many',
  '21:51  server.port: expected a port, 1 to 65535, found "many"',
)
test(
  'half a port',
  isWrong,
  'port: 7000',
  'port: 70.5',
  '21:51  server.port: expected a port, 1 to 65535, found 70.5',
)
test(
  'a payload below the measurement header',
  isWrong,
  'payloadBytes: 128',
  'payloadBytes: 31',
  '24:34  load[1].payloadBytes: expected a payload of at least 32 bytes, which hold the measurement header, found 31',
)
test(
  'a payload beyond a frame',
  isWrong,
  'payloadBytes: 128',
  'payloadBytes: 1473',
  '24:34  load[1].payloadBytes: expected a payload of at most 1472 bytes, one Ethernet frame, found 1473',
)
test(
  'a trial of no packets',
  isWrong,
  'packets: 200',
  'packets: 0',
  '24:20  load[1].packets: expected 1 to 1000000 packets, found 0',
)
test(
  'a rate of nothing',
  isWrong,
  'ratePps: 1000',
  'ratePps: 0',
  '24:53  load[1].ratePps: expected 1 to 1000000 packets a second, found 0',
)
test(
  'a kind of trial that there is not',
  isWrong,
  'kind: flood',
  'kind: floood',
  '23:7  load[0].kind: expected a kind of trial: flood, pingpong, paced, http, tcp-rr, tcp-stream or tcp-crr, found "floood"',
)
test(
  'a load without trials',
  isWrong,
  'load:\n  - { kind: flood }\n  - { kind: paced, packets: 200, payloadBytes: 128, ratePps: 1000 }\n',
  'load: []\n',
  '22:1  load: expected at least one trial, found []',
)
test(
  'a misspelt role',
  isWrong,
  'role: candidate',
  'role: candidat',
  '33:5  paths.redirect.role: expected a role: baseline, candidate, control or floor, found "candidat"',
)
test(
  'a title of two lines',
  isWrong,
  'title: redirecting',
  'title: "two\\nlines"',
  '34:5  paths.redirect.title: expected a single line, found "two\\nlines"',
)
test(
  'a capability that there is not',
  isWrong,
  'needs: [tc-bpf]',
  'needs: [tc-bfp]',
  `35:13  paths.redirect.needs[0]: expected a capability: ${namesOf(needs)}, found "tc-bfp"`,
)
test(
  'a hook that there is not',
  isWrong,
  'hook: tc/ingress',
  'hook: tc/ingres',
  `40:9  paths.redirect.programs[0].hook: expected a hook: ${namesOf(hooks)}, found "tc/ingres"`,
)
test(
  'a program without a name',
  isWrong,
  'program: redirect\n',
  "program: ''\n",
  '39:9  paths.redirect.programs[0].program: expected the name of a program, found ""',
)
test(
  'an object that is neither source nor object',
  isWrong,
  'object: redirect.bpf.c',
  'object: redirect.bpf',
  '38:9  paths.redirect.programs[0].object: expected a file that ends in .c or .o, found "redirect.bpf"',
)
test(
  'a fraction deep within a value of a map',
  isWrong,
  'port: 7000 }\n              value',
  'port: [7000, { more: [1, 2.5] }] }\n              value',
  '45:67  paths.redirect.programs[0].maps.services[0].key.port[1].more[1]: expected a whole number, a text, true or false, a list, or fields by name, found 2.5',
)
test(
  'a number that YAML does not hold exactly',
  isWrong,
  'port: 7000 }\n              value',
  'port: 0xffffffffffffffff }\n              value',
  '45:42  paths.redirect.programs[0].maps.services[0].key.port: expected a number up to 2^53; a larger one as a text in quotes, as in "0xffffffffffffffff", found 18446744073709552000',
)
test(
  'an amount of packets that cannot be counted',
  isWrong,
  'equals: requests + replies',
  'equals: reply',
  '31:46  paths.stack.proof[0].equals: expected a whole number, requests, replies, or a counter such as NAMESPACE/Ip.ForwDatagrams, found "reply"',
)
test(
  'a proof that says two things at once',
  isWrong,
  'equals: 0',
  'equals: 0, atLeast: 0',
  '49:9  paths.redirect.proof[0]: expected one subject and what is said of it: a counter or a program with "equals", "atLeast" or "atMost"; "flows: sticky" or "flows: balanced"; "order: kept"; "lost", "reordered" or "duplicates" with none or { atMost: 0.1% }, found {"counter":"netns-2/Ip.ForwDatagrams","equals":0,"atLeast…',
)

test('a file without anything in it, or with a list, is no scenario', (t) => {
  t.deepEqual(problemsOf(''), ['1:1: expected object, found null'])
  t.deepEqual(problemsOf('- a\n'), ['1:1: expected object, found ["a"]'])
})

test('what is wrong with a scenario is a usage error', (t) => {
  t.is(errorOf(changed('port: 7000', 'port: 0')).trouble, 'usage')
})
