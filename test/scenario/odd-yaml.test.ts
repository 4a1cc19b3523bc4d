import test from 'ava'
import { parseYaml } from '../../src/scenario/yaml-file.ts'
import { changed, parse, problemsOf } from './example.ts'

test('an anchor may be used more than a hundred times', (t) => {
  const skips = Array.from({ length: 300 }, () => '*lookup').join(', ')
  const { paths } = parse(changed('[the route lookup]', `[&lookup the route lookup, ${skips}]`))
  t.is(paths.find(({ name }) => name === 'redirect')?.skips.length, 301)
})

test('aliases of aliases that grow without bound are refused', (t) => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let depth = 1; depth <= 8; depth += 1)
    lines.push(`a${depth}: &a${depth} [${Array.from({ length: 10 }, () => `*a${depth - 1}`).join(', ')}]`)
  t.deepEqual(
    parseYaml(lines.join('\n')).issues.map(({ message }) => message),
    ['its aliases repeat so much that it comes to more than 100000 values'],
  )
})

for (const [where, from, to, place] of [
  ['the topology', 'topology:', 'topology: &again\n  again: *again', '5:10'],
  ['the load', '{ kind: flood }', '&again { kind: *again }', '23:20'],
  ['a map', 'services:', 'services: &again\n            - *again', '45:15'],
] as const)
  test(`an alias within what it repeats is told where it stands, in ${where}`, (t) => {
    t.true(
      problemsOf(changed(from, to)).includes(`${place}: the alias "*again" stands within what it repeats`),
      problemsOf(changed(from, to)).join('\n'),
    )
  })

test('a name that would vanish is refused, as a path, a namespace and a key of a map', (t) => {
  for (const [from, to] of [
    ['  redirect:', '  __proto__:'],
    ['    netns-2:', '    __proto__:'],
    ['services:', '__proto__:'],
  ] as const)
    t.regex(problemsOf(changed(from, to)).join('\n'), /expected another name than "__proto__"/)
})

test('a path may be called constructor, and names that all objects have are no others', (t) => {
  t.deepEqual(
    parse(changed('  redirect:', '  constructor:')).paths.map(({ name }) => name),
    ['stack', 'constructor', 'control', 'floor'],
  )
  t.deepEqual(problemsOf(changed('server: { namespace: netns-3', 'server: { namespace: constructor')), [
    '21:11  server.namespace: no namespace "constructor" (there: netns-1, netns-2, netns-3)',
  ])
})

test('tags and versions give no other values than JSON has', (t) => {
  t.deepEqual(parseYaml('%YAML 1.1\n---\na: yes\nb: !!set { x }\nc: !!timestamp 2001-01-01\n').value, {
    a: 'yes',
    b: { x: null },
    c: '2001-01-01',
  })
})

test('a key that is no text, and brackets without end, are refused', (t) => {
  t.deepEqual(
    parseYaml('? [a]\n: 1\n').issues.map(({ message }) => message),
    ['expected a text as key'],
  )
  t.deepEqual(parseYaml(`a:\n${'['.repeat(100_000)}`).issues, [
    { path: [], message: 'more than 100 brackets within each other', position: { line: 2, column: 1 } },
  ])
})

test('of thousands of problems the first hundred are shown', (t) => {
  const keys = Array.from({ length: 5000 }, (_, index) => `wrong${index}: 1`).join('\n')
  const problems = problemsOf(changed('client:', `${keys}\nclient:`))
  t.is(problems.length, 101)
  t.true(problems[0]!.startsWith('20:1  wrong0: unknown key "wrong0"'), problems[0])
  t.is(problems.at(-1), 'and 4900 more')
})

test('wrong values and names that refer to nothing are told together', (t) => {
  const text = changed(
    'title: redirecting',
    'title: []',
    changed('way: [netns-1, netns-2/veth1@2', 'way: [netns-9'),
  )
  t.deepEqual(problemsOf(text), [
    '29:11  paths.stack.way[0]: no namespace, NAMESPACE/DEVICE or program "netns-9" on this path; did you mean "netns-1"?',
    '34:5  paths.redirect.title: expected string, found []',
  ])
})

const floods = (...keys: readonly string[]) =>
  changed('{ kind: flood }', keys.map((own) => `{ kind: flood${own} }`).join('\n  - '))
const withFloods = (...keys: readonly string[]) => problemsOf(floods(...keys))

test('trials of one kind are told apart by their names', (t) => {
  const { load } = parse(floods(', name: small', ', name: large, payloadBytes: 1400'))
  t.deepEqual(
    load.map(({ kind, name }) => [kind, name]),
    [['flood', 'small'], ['flood', 'large'], ...load.slice(2).map(({ kind }) => [kind, undefined])],
  )
  const nameless = `one of 2 trials of kind flood, and without a name: give each a \`name\`, by which its figures are told from the others'`
  t.deepEqual(withFloods('', ', payloadBytes: 1400'), [
    `23:5  load[0]: ${nameless}`,
    `24:5  load[1]: ${nameless}`,
  ])
  t.deepEqual(withFloods(', name: small', ''), [`24:5  load[1]: ${nameless}`])
  t.deepEqual(withFloods(', name: small', ', name: small'), [
    '24:20  load[1].name: a second trial of kind flood that is called small',
  ])
  t.regex(withFloods(', name: "a@b"')[0]!, /^23:20 {2}load\[0\].name: .*lower-case letters, digits and "-"/)
})

test('a trial on a schedule of minutes is told, with how long it would take', (t) => {
  const pacedAt = (ratePps: number) =>
    changed('{ kind: flood }', `{ kind: paced, name: slow, packets: 100, ratePps: ${ratePps} }`)
  t.true(
    problemsOf(pacedAt(4)).some((problem) =>
      problem.endsWith(
        'load[0].ratePps: 100 at 4 a second take 25 s in every trial, expected at most 10 s: fewer, or more a second',
      ),
    ),
  )
  t.false(problemsOf(pacedAt(10)).some((problem) => problem.includes('a second take')))
})

test('there is one trial of HTTP, named or not', (t) => {
  t.true(
    problemsOf(changed('{ kind: flood }', '{ kind: http, name: a }\n  - { kind: http, name: b }')).includes(
      '24:5  load[1]: a second trial of kind http: its servers have one port, so there can be one',
    ),
  )
})

const device = (name: string) =>
  changed('device: veth1@1, addresses', `device: ${JSON.stringify(name)}, addresses`)

const deviceWords = 'a device name of letters, digits and any of . _ - @ + ~ = , ^'
for (const [name, expected] of [
  ['a#b', deviceWords],
  ['a%d', deviceWords],
  ['a\u0001b', deviceWords],
  ['a\u202eb', deviceWords],
  ['éééééééé', deviceWords],
  ['-b', deviceWords],
  ['a234567890123456', "a device name of at most 15 characters, the kernel's limit"],
  ['default', 'a device name other than this'],
] as const)
  test(`the device name ${JSON.stringify(name)} is refused before the kernel does`, (t) => {
    const problems = problemsOf(device(name))
    t.true(
      problems.some((problem) => problem.includes(`expected ${expected}, found`)),
      problems.join('\n'),
    )
  })

for (const value of ['4096 131072 6291456', [4096, 131_072, 6_291_456], 1])
  test(`a sysctl may be ${JSON.stringify(value)}`, (t) => {
    t.notThrows(() => parse(changed('net.ipv4.ip_forward: 1', `net.ipv4.tcp_rmem: ${JSON.stringify(value)}`)))
  })

test('a sysctl with a control character is refused', (t) => {
  t.regex(problemsOf(changed('ip_forward: 1', 'ip_forward: "1\\n2"'))[0]!, /expected .*, found "1\\n2"/)
})

test('a number beyond all bounds is told once, and as it is', (t) => {
  const problems = (packets: string) =>
    problemsOf(changed('{ kind: flood }', `{ kind: flood, packets: ${packets} }`)).map((problem) =>
      problem.replace(/^.*? {2}/, ''),
    )
  for (const [written, told] of [
    ['1e30', '1e+30'],
    ['.inf', 'Infinity'],
    ['.nan', 'NaN'],
    ['-1', '-1'],
  ] as const)
    t.deepEqual(problems(written), [`load[0].packets: expected 1 to 1000000 packets, found ${told}`])
})

test('a second document in a file is called so', (t) => {
  t.deepEqual(
    parseYaml('a: 1\n---\nb: 2\n').issues.map(({ message, position }) => [message, position?.line]),
    [['a second document begins here, and a file has one', 2]],
  )
})
