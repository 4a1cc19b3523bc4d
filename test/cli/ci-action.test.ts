/** The composite action on real packets: its steps, carried out in a repository as a runner does. */
import { existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { parse } from 'yaml'
import { ciFiles } from '../../src/ci/services.ts'
import { type Files, git, type PullRequest, pullRequest } from '../ci/forge.ts'
import { type JobResult, runAction } from '../ci/local-runner.ts'
import { asRoot } from '../netns/as-root.ts'
import { inProject } from '../netns/bench-command.ts'
import { ownProgramScenario, slowSource, source } from '../netns/own-program.ts'
import { builtFrom, type Change } from '../netns/own-scenario.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

const gates: Change = [['gates'], ['valid', 'redirect.throughputPps.ratio >= 1.02']]
const scenario = ownProgramScenario()
const args = '--rounds 6 --blocks 8'

interface Asked {
  readonly base: Files
  readonly head: Files
  readonly inputs?: Readonly<Record<string, string>>
  /** Searched before PATH. */
  readonly tools?: string
}

/** Takes away after the test what was built of the request and of what it was compared with. */
function cleanUpAfter(t: ExecutionContext, { workspace, openedOn, mergedOn }: PullRequest): void {
  t.teardown(() => {
    const trees = [openedOn, mergedOn].map((commit) => inProject('build', 'ab', commit))
    for (const tree of [workspace, ...trees])
      for (const built of builtFrom(join(tree, 'perf'))) rmSync(built, { recursive: true })
    for (const tree of trees) rmSync(tree, { recursive: true, force: true })
  })
}

/** A job for a pull request, checked out as actions/checkout does by default. */
async function job(t: ExecutionContext, { base, head, inputs, tools }: Asked) {
  const folder = temporaryFolder(t)
  const pull = await pullRequest(folder, { base, head, depth: 1 })
  cleanUpAfter(t, pull)
  const result = await runAction({
    workspace: pull.workspace,
    temporary: join(folder, 'temporary'),
    inputs: { scenario: 'perf/path.yaml', args, ...inputs },
    event: { pull_request: { base: { sha: pull.openedOn }, head: { sha: pull.head } } },
    ...(tools === undefined ? {} : { tools }),
  })
  return { ...pull, ...result }
}

const annotations = ({ log }: JobResult): string[] =>
  log.split('\n').filter((line) => /^::(error|warning) file=perf\//.test(line))

asRoot('a pull request that slows a path down fails, and says so in all places', async (t) => {
  const result = await job(t, {
    base: { 'perf/path.yaml': scenario, 'perf/mine.bpf.c': source },
    head: { 'perf/mine.bpf.c': slowSource },
    inputs: { margin: '5%' },
  })
  const { outputs, used, summary, log, mergedOn } = result
  t.true(result.isFailed)
  t.deepEqual([outputs.verdict, outputs['exit-code']], ['regression', '5'], log)
  t.deepEqual(result.steps, ['Measure', 'Publish', 'Upload reports and records', 'Conclude'])
  t.regex(log, /Measuring again to confirm: /)
  t.regex(
    log,
    /::error title=pathbench%3A regression::perf\/path\.yaml%0Athroughput .* regression, confirmed by a second run: −/,
  )
  t.regex(
    annotations(result).join('\n'),
    /^::error file=perf\/path\.yaml,line=\d+,title=\S+ head is slower::/,
  )
  t.regex(summary, /\| throughput \|.*\| \*\*slower\*\* \|/)
  t.regex(summary, new RegExp(mergedOn.slice(0, 12)))

  const record = JSON.parse(readFileSync(outputs.run!, 'utf8')) as { runId: string; command: string }
  t.true(outputs.report!.endsWith(`/${record.runId}.html`))
  t.true(existsSync(outputs.report!))
  t.regex(record.command, new RegExp(`bench ab perf/path.yaml --base ${mergedOn} `))
  const upload = used['actions/upload-artifact']!
  t.is(upload.name, 'pathbench')
  for (const place of upload.path!.trim().split('\n'))
    t.true(existsSync(place.replace('/**/run.json', '')), place)
})

/** Tools that make root look like a user who may call sudo: it empties the environment, as the real one does. */
function sudoer(t: ExecutionContext): string {
  const tools = temporaryFolder(t)
  const scripts = {
    id: 'echo 1000',
    sudo: `if [ "$1" = -n ]; then exit 0; fi
echo "$*" >>${tools}/calls
exec env -i PATH='${process.env.PATH ?? ''}' HOME=/root SUDO_UID=0 SUDO_GID=0 "$@"`,
  }
  for (const [name, script] of Object.entries(scripts))
    writeFileSync(join(tools, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return tools
}

asRoot('a pull request that changes nothing passes, and only measuring is done by sudo', async (t) => {
  const tools = sudoer(t)
  const result = await job(t, {
    base: { 'perf/path.yaml': scenario, 'perf/mine.bpf.c': source },
    head: { 'README.md': 'text\n' },
    inputs: { margin: '20%', artifact: '' },
    tools,
  })
  t.false(result.isFailed, result.log)
  t.deepEqual([result.outputs.verdict, result.outputs['exit-code']], ['passed', '0'])
  t.deepEqual(result.used, {})
  t.regex(readFileSync(join(tools, 'calls'), 'utf8'), /^.+\/bench ab perf\/path\.yaml [^\n]*\n$/)
  t.deepEqual(
    annotations(result).filter((line) => line.startsWith('::error')),
    [],
  )
})

asRoot(
  'a scenario that is new has nothing to be compared with: it is measured, and held to its gates',
  async (t) => {
    const result = await job(t, {
      base: { 'README.md': 'text\n' },
      head: {
        'perf/path.yaml': ownProgramScenario([[['gates'], ['valid']]]),
        'perf/mine.bpf.c': source,
      },
      inputs: { path: 'redirect' },
    })
    t.false(result.isFailed, result.log)
    t.is(result.outputs.verdict, 'passed')
    t.regex(result.log, /perf\/path\.yaml is new: [0-9a-f]{40} does not have it/)
    t.regex(result.log, /\n1 gate: 1 held\n/)
  },
)

asRoot('a nightly run that breaches a gate fails, and is kept in the history all the same', async (t) => {
  const result = await job(t, {
    base: { 'README.md': 'text\n' },
    head: {
      'perf/path.yaml': ownProgramScenario([gates]),
      'perf/mine.bpf.c': slowSource,
    },
    inputs: { mode: 'run', 'history-branch': 'pathbench-history' },
  })
  t.true(result.isFailed)
  t.is(result.outputs.verdict, 'regression', result.log)
  t.regex(
    annotations(result).join('\n'),
    /::error file=perf\/path\.yaml,line=\d+,title=[^:]*redirect\.throughputPps\.ratio >= 1\.02 is breached::/,
  )
  t.regex(result.summary, /\*\*breached\*\*: `redirect\.throughputPps\.ratio >= 1\.02`/)
  const { runId } = JSON.parse(await git(result.origin, 'show', 'pathbench-history:history.jsonl')) as {
    runId: string
  }
  t.true(result.outputs.run!.includes(runId))
})

asRoot(
  'without gates a run passes, and a named file of gates that is not there is wrong usage',
  async (t) => {
    const files = { 'perf/path.yaml': scenario, 'perf/mine.bpf.c': source }
    const without = await job(t, { base: files, head: {}, inputs: { mode: 'run' } })
    t.false(without.isFailed, without.log)
    t.is(without.outputs.verdict, 'passed')
    const wrong = await job(t, { base: files, head: {}, inputs: { mode: 'run', gates: 'none.yaml' } })
    t.true(wrong.isFailed)
    t.is(wrong.outputs.verdict, 'misused')
    t.regex(wrong.log, /::error title=pathbench%3A wrong usage or scenario::Could not read gates none\.yaml/)
  },
)

asRoot('a path whose proof does not hold is no regression, but a failure', async (t) => {
  const proof: Change = [
    ['paths', 'redirect', 'proof'],
    [{ counter: 'netns-2/Ip.ForwDatagrams', equals: 'requests' }],
  ]
  const files = {
    'perf/path.yaml': ownProgramScenario([proof]),
    'perf/mine.bpf.c': source,
  }
  const result = await job(t, { base: files, head: {}, inputs: { margin: '20%' } })
  t.true(result.isFailed)
  t.deepEqual([result.outputs.verdict, result.outputs['exit-code']], ['failed', '4'], result.log)
  t.regex(result.log, /::error title=pathbench%3A the run failed::/)
})

/** The jobs for GitLab, with pathbench where it is, in a repository whose runs are short. */
async function gitlabJob(t: ExecutionContext, name: string, variables: Readonly<Record<string, string>>) {
  const folder = temporaryFolder(t)
  const pull = await pullRequest(folder, {
    base: { 'perf/path.yaml': scenario, 'perf/mine.bpf.c': source },
    head: { 'perf/mine.bpf.c': slowSource },
  })
  cleanUpAfter(t, pull)
  const subject = {
    source: { repository: 'them/pathbench', url: 'https://host.example/them/pathbench.git', reference: 'v1' },
    scenario: 'perf/path.yaml',
    path: 'redirect',
  }
  const jobs = parse(ciFiles('gitlab', subject, true)[0]!.text) as Record<string, Record<string, string[]>>
  // The job has it in a folder without a blank; this checkout's may have one.
  const projectWithoutBlanks = join(folder, 'pathbench-checkout')
  symlinkSync(inProject(), projectWithoutBlanks)
  const words = [...jobs[name]!.script!, 'code=$?', ...jobs['.pathbench']!.after_script!, 'exit $code']
  const { exitCode, all } = await execa(
    'bash',
    [
      '-c',
      words
        .join('\n')
        .replaceAll('/opt/pathbench', projectWithoutBlanks)
        .replaceAll('--no-report', `--no-report ${args}`),
    ],
    {
      cwd: pull.workspace,
      extendEnv: false,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '/root',
        SCENARIO: 'perf/path.yaml',
        CANDIDATE: 'redirect',
        CI_MERGE_REQUEST_DIFF_BASE_SHA: pull.openedOn,
        ...variables,
      },
      reject: false,
      all: true,
    },
  )
  const made = (file: string) => join(pull.workspace, 'pathbench', file)
  return { exitCode, all, made }
}

asRoot('GitLab’s job for a merge request fails on a regression, with JUnit for it', async (t) => {
  const { exitCode, all, made } = await gitlabJob(t, 'pathbench', {})
  t.is(exitCode, 5, all)
  t.regex(
    readFileSync(made('junit.xml'), 'utf8'),
    /<testcase classname="redirect-vs-stack-ab\.head" name="throughputPps"[^>]*><failure /,
  )
  t.is(readdirSync(made('reports/redirect-vs-stack-ab')).length, 2)
})

asRoot('GitLab’s job for a schedule adds to the history', async (t) => {
  const { exitCode, all, made } = await gitlabJob(t, 'pathbench-nightly', {})
  t.is(exitCode, 0, all)
  t.is(readFileSync(made('history.jsonl'), 'utf8').trim().split('\n').length, 1)
  t.regex(readFileSync(made('trend.html'), 'utf8'), /^<!doctype html>/i)
})
