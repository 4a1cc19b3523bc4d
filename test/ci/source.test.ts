import test from 'ava'
import { parseSource, requireAction, sourceOfRemote } from '../../src/ci/source.ts'

const github = { repository: 'them/pathbench', url: 'https://github.com/them/pathbench.git' }

test('a remote of any kind is a repository that CI can fetch', (t) => {
  for (const remote of [
    'https://github.com/them/pathbench',
    'https://github.com/them/pathbench.git',
    'https://github.com/them/pathbench/',
    'git@github.com:them/pathbench.git',
    'github.com:them/pathbench',
    'ssh://git@github.com:22/them/pathbench.git',
    'git://github.com/them/pathbench.git',
  ])
    t.deepEqual(sourceOfRemote(remote), github, remote)
})

test('what a remote carries to log in with is left out', (t) => {
  for (const login of ['user:secret@', 'x-access-token:secret@', 'secret@'])
    t.deepEqual(sourceOfRemote(`https://${login}github.com/them/pathbench.git`), github)
})

test('a repository in groups keeps its whole name', (t) => {
  t.deepEqual(sourceOfRemote('git@git.example.org:a/b/pathbench.git'), {
    repository: 'a/b/pathbench',
    url: 'https://git.example.org/a/b/pathbench.git',
  })
})

test('a folder is none', (t) => {
  for (const remote of [
    '/srv/git/pathbench.git',
    '../pathbench',
    'file:///srv/pathbench.git',
    'C:\\pathbench',
    '',
  ])
    t.is(sourceOfRemote(remote), undefined, remote)
})

test('a user names it by owner and name or by a URL, with a version or without', (t) => {
  t.deepEqual(parseSource('them/pathbench', 'abc'), { ...github, reference: 'abc' })
  t.deepEqual(parseSource('them/pathbench@v1.0.0', 'abc'), { ...github, reference: 'v1.0.0' })
  t.deepEqual(parseSource('them/pathbench@topic/x', 'abc'), { ...github, reference: 'topic/x' })
  t.deepEqual(parseSource('https://github.com/them/pathbench.git@v2', 'abc'), { ...github, reference: 'v2' })
  t.deepEqual(parseSource('git@github.com:them/pathbench.git', 'abc'), { ...github, reference: 'abc' })
  t.deepEqual(parseSource('git@github.com:them/pathbench.git@v2', 'abc'), { ...github, reference: 'v2' })
})

test('anything else is wrong usage', (t) => {
  for (const text of [
    'pathbench',
    'them/',
    '@v1',
    'them/path bench',
    "them/x'@v1",
    'them/x@v 1',
    './here',
    '',
  ])
    t.throws(
      () => parseSource(text, 'abc'),
      { message: `Could not use --pathbench ${text}: expected a repository` },
      text,
    )
})

test('a workflow can name an owner and a name only', (t) => {
  t.notThrows(() => {
    requireAction({ ...github, reference: 'v1' })
  })
  t.throws(
    () => {
      requireAction({ ...github, repository: 'a/b/c', reference: 'v1' })
    },
    { message: 'Could not use a/b/c in a workflow: GitHub takes actions from OWNER/NAME' },
  )
})
