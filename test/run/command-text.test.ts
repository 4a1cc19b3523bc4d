import test from 'ava'
import type { RunRequest } from '../../src/record/record.ts'
import { commandText, explainCommand } from '../../src/run/command-text.ts'

const asked: RunRequest = {
  command: 'run',
  scenario: 'redirect-vs-stack',
  options: { quick: false, margin: 0.01, receiver: 'spinning' },
}

test('what is as it is without being said is not in the command that repeats a run; its seed is', (t) => {
  t.is(commandText(asked, 7), 'sudo ./bench run redirect-vs-stack --seed 7')
})

test('all that was said is in the command that repeats a run', (t) => {
  const options = {
    quick: true,
    rounds: 4,
    blocks: 5,
    precision: 0.005,
    maxTimeS: 30,
    margin: 0.025,
    payloadBytes: 1400,
    ratePps: 20_000,
    receiver: 'blocking',
  } as const
  t.is(
    commandText({ ...asked, options, cpus: '2,3' }, 0),
    'sudo ./bench run redirect-vs-stack --quick --precision 0.5% --max-time 30s --rounds 4 --blocks 5 --margin 2.5% --payload 1400 --rate 20000 --cpus 2,3 --receiver blocking --seed 0',
  )
})

test('what was changed of a scenario is in the command that repeats a run, as a shell wants it', (t) => {
  const changes = { with: ['/a b/x.bpf.o:p@n/d@1:tc/ingress'], without: ['floor', 'control'] }
  t.is(
    commandText({ ...asked, changes }, 7),
    "sudo ./bench run redirect-vs-stack --with '/a b/x.bpf.o:p@n/d@1:tc/ingress' --without floor --without control --seed 7",
  )
})

test('names are quoted as a shell wants it', (t) => {
  const versions = { base: 'v1 beta', head: './b', path: 'redirect' }
  t.is(
    commandText({ ...asked, command: 'ab', scenario: "./it's mine.yaml", versions }, 1),
    `sudo ./bench ab './it'\\''s mine.yaml' --base 'v1 beta' --head ./b --path redirect --seed 1`,
  )
})

test('kernels are in the command that repeats a run, one after the other, and of ab the older first', (t) => {
  const kernels = ['./old/bzImage', '6.12.9-amd64']
  t.is(
    commandText({ ...asked, kernels }, 7),
    'sudo ./bench run redirect-vs-stack --kernel ./old/bzImage --kernel 6.12.9-amd64 --seed 7',
  )
  t.is(
    commandText({ ...asked, command: 'ab', kernels, path: 'redirect' }, 7),
    'sudo ./bench ab redirect-vs-stack --base-kernel ./old/bzImage --head-kernel 6.12.9-amd64 --path redirect --seed 7',
  )
})

test('the command that explains a path has of the changes what changes the path', (t) => {
  const changes: RunRequest['changes'] = { set: ['rules=10'], engine: 'gso', sink: 'xdp' }
  t.is(
    explainCommand({ ...asked, changes }, 'redirect'),
    'sudo ./bench explain redirect-vs-stack --set rules=10 --path redirect',
  )
})
