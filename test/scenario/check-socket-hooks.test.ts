import test from 'ava'
import { changed, parse, problemsOf } from './example.ts'

const atDevice = `hook: tc/ingress
        namespace: netns-2
        device: veth1@2`
const translated = (place: string) =>
  changed(atDevice, place, changed('ifindex(veth2@1)', 'ifindex(netns-2/veth2@1)'))
const problemsIn = (text: string): string[] => problemsOf(text).map((line) => line.replace(/^\S+ +/, ''))

test('a program at the sockets of the client has no device', (t) => {
  const { paths } = parse(translated('hook: cgroup/connect4\n        namespace: netns-1'))
  t.is(paths.find(({ name }) => name === 'redirect')?.programs[0]?.device, 'sockets')
})

test('what a program at sockets cannot have is told, all at once', (t) => {
  const text = translated(`hook: cgroup/connect4
        namespace: netns-2
        device: veth1@2
        sample: { source: 10.0.2.11:40000, destination: 10.0.3.20:7000 }`)
  t.deepEqual(problemsIn(text), [
    "paths.redirect.programs[0].namespace: the client's, netns-1: cgroup/connect4 is of the sockets that it opens",
    'paths.redirect.programs[0].device: none: cgroup/connect4 is of no device, but of the sockets that the client opens',
    'paths.redirect.programs[0].sample: cannot be set: a program at cgroup/connect4 has no packet',
  ])
})

test('HTTP load is of sockets that no program of a path is at', (t) => {
  const text = changed(
    '  - { kind: flood }',
    '  - { kind: http, requests: 10, connections: 1 }',
    translated('hook: cgroup/connect4\n        namespace: netns-1'),
  )
  t.true(
    problemsIn(text).includes(
      "paths.redirect.programs[0].hook: cgroup/connect4 is of the sockets of UDP and TCP load: those of HTTP load are another process's",
    ),
  )
})

test('at a hook of a device, one without a device is told which there are', (t) => {
  t.deepEqual(problemsIn(translated('hook: tc/ingress\n        namespace: netns-2')), [
    'paths.redirect.programs[0].device: missing: a device of netns-2 (there: veth1@2, veth2@1)',
  ])
})
