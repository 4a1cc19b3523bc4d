import { readFileSync, statSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ExecutionContext } from 'ava'
import { listRuns } from '../../src/keep/store.ts'
import { asRoot } from '../netns/as-root.ts'
import { bench, inProject } from '../netns/bench-command.ts'
import { markedScenario } from '../netns/marked-scenario.ts'
import { builtFrom, changedScenario, type OwnScenario, ownScenario } from '../netns/own-scenario.ts'
import { startInTerminal } from '../netns/terminal.ts'

const brief = ['--rounds', '2', '--blocks', '1', '--seed', '7']

const ownRun = (t: ExecutionContext): OwnScenario => ownScenario(t, changedScenario())

const escape = '\x1b'

/** Sequences that style text; those that move the cursor end with another letter. */

const style = /\x1b\[[\d;]*m/

asRoot('with --json, stdout is one document that the published schema allows', async (t) => {
  const own = ownRun(t)
  const { exitCode, stdout, stderr } = await bench(own.runArguments(...brief, '--json', '--no-report'))
  t.is(exitCode, 0, stderr)
  const printed = JSON.parse(stdout) as Record<string, unknown>
  t.deepEqual(
    ['trials', 'blocks', 'rounds'].filter((samples) => samples in printed),
    [],
  )
  const [run] = listRuns(own.resultsFolder)
  const kept = JSON.parse(readFileSync(`${run!.folder}/run.json`, 'utf8')) as Record<string, unknown>
  const schema = JSON.parse(readFileSync(inProject('results', 'run.schema.json'), 'utf8')) as object
  const validate = new Ajv2020({ formats: { 'date-time': true } }).compile(schema)
  t.true(validate(kept), JSON.stringify(validate.errors))
  const { trials, blocks, rounds, ...withoutSamples } = kept
  t.deepEqual(printed, withoutSamples)
  t.true(Array.isArray(trials) && Array.isArray(blocks) && Array.isArray(rounds))
})

asRoot('in a log, progress is a plain line a round on stderr, and what was found is on stdout', async (t) => {
  const own = ownRun(t)
  const { exitCode, stdout, stderr } = await bench(own.runArguments(...brief))
  t.is(exitCode, 0, stderr)
  t.false(`${stdout}${stderr}`.includes(escape))
  t.deepEqual(
    stderr.split('\n').flatMap((line) => /^round \d+\/\d+/.exec(line) ?? []),
    ['round 1/2', 'round 2/2'],
  )
  t.regex(stderr, /^result {2}\S+\nreport {2}\S+\.html$/m)
  t.regex(stdout, /^redirect-vs-stack · Linux \S+ .*· 2 rounds in \d+ m?s/)
  t.regex(stdout, /^redirect {2}undecided {3}(?:[+−]\S+|0(?:\.0+)?) % packets\/s/m)
  t.true(stderr.split('\n').filter((line) => line.startsWith('warning')).length <= 1)
})

asRoot('with --verbose, every figure, a sentence for each and all warnings are told', async (t) => {
  const own = ownRun(t)
  const { exitCode, stdout, stderr } = await bench(own.runArguments(...brief, '--verbose', '--no-report'))
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /stack \(baseline\) +redirect \(candidate\) +control \(control\) +floor \(floor\)/)
  t.regex(stdout, /^inconclusive {2}redirect delivers .* than stack/m)
  const [run] = listRuns(own.resultsFolder)
  const { warnings } = JSON.parse(readFileSync(`${run!.folder}/run.json`, 'utf8')) as { warnings: unknown[] }
  t.is(stderr.split('\n').filter((line) => line.startsWith('warning')).length, warnings.length)
})

asRoot('with --markdown, stdout is what `bench export --format markdown` gives of the run', async (t) => {
  const own = ownRun(t)
  const { exitCode, stdout, stderr } = await bench(own.runArguments(...brief, '--markdown', '--no-report'))
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /^### TC-ingress/)
  // Where there is no file of gates.
  const exported = await bench(['export', 'latest', '--format', 'markdown', '--results', own.resultsFolder], {
    cwd: own.folder,
  })
  t.is(exported.stdout, stdout)
})

let inTerminal: Promise<string> | undefined

/** What a terminal of 80 columns shows of a run. */
async function shownInTerminal(t: ExecutionContext): Promise<string> {
  const own = ownRun(t)
  const terminal = startInTerminal(own.runArguments(...brief, '--no-report'), {}, { columns: 80 })
  t.is(await terminal.ended, 0, terminal.shown())
  return terminal.shown()
}

asRoot('in a terminal of 80 columns, no line is longer, progress and all', async (t) => {
  const lines = stripVTControlCharacters(await (inTerminal ??= shownInTerminal(t))).split(/\r?\n/)
  // Folders have the names that they have.
  for (const line of lines.filter((one) => !one.startsWith('result '))) t.true(line.length <= 80, line)
})

asRoot('in a terminal, progress is drawn over itself, in colours', async (t) => {
  const shown = await (inTerminal ??= shownInTerminal(t))
  for (const words of ['building the topologies', 'warming up', 'round 2/2', 'computing intervals'])
    t.true(shown.includes(words), words)
  t.true(shown.includes(`${escape}[1A`))
  t.regex(shown, style)
})

asRoot('with --quiet, no progress is told', async (t) => {
  const own = ownRun(t)
  const { exitCode, stderr } = await bench(own.runArguments(...brief, '--quiet'))
  t.is(exitCode, 0, stderr)
  t.deepEqual(
    stderr.split('\n').filter((line) => line !== '' && !/^(warning|result|report|more) /.test(line)),
    [],
  )
})

asRoot('with NO_COLOR, a terminal shows no colours', async (t) => {
  const own = ownRun(t)
  const terminal = startInTerminal(own.runArguments(...brief, '--no-report'), { NO_COLOR: '1' })
  t.is(await terminal.ended, 0, terminal.shown())
  t.notRegex(terminal.shown(), style)
})

asRoot('the same seed gives the same order of trials, another seed another', async (t) => {
  const order = async (seed: string) => {
    const own = ownRun(t)
    await bench(own.runArguments('--rounds', '1', '--blocks', '3', '--seed', seed, '--no-report', '--quiet'))
    const [run] = listRuns(own.resultsFolder)
    const { trials } = JSON.parse(readFileSync(`${run!.folder}/run.json`, 'utf8')) as {
      trials: { path: string; kind: string }[]
    }
    return trials.map(({ path, kind }) => `${path} ${kind}`)
  }
  const first = await order('1')
  t.is(first.length, 4 * 4 * 3)
  t.deepEqual(await order('1'), first)
  t.notDeepEqual(await order('2'), first)
})

asRoot('under sudo, what is written belongs to the user who called', async (t) => {
  const own = markedScenario(t)
  const sudo = { SUDO_UID: '1234', SUDO_GID: '5678', SUDO_USER: 'somebody' }
  const folders = ['--results', 'kept/results', '--reports', 'kept/reports']
  const { exitCode, stderr } = await bench(['run', 'own.yaml', ...brief, ...folders], {
    cwd: own.folder,
    environment: sudo,
  })
  t.is(exitCode, 0, stderr)
  const [run] = listRuns(`${own.folder}/kept/results`)
  const { runId } = run!
  const reports = 'kept/reports/redirect-vs-stack'
  const results = `kept/results/redirect-vs-stack`
  const written = [
    ...['kept', 'kept/results', results, `${results}/${runId}`, 'kept/reports', reports],
    ...['run.json', 'samples.csv', 'summary.csv'].map((file) => `${results}/${runId}/${file}`),
    `${reports}/${runId}.html`,
  ]
  const [built] = builtFrom(own.folder)
  const all = [
    ...written.map((file) => `${own.folder}/${file}`),
    ...[built!, `${built!}/source`, `${built!}/mark.bpf.o`],
  ]
  t.deepEqual(
    all.map((file) => [file, statSync(file).uid, statSync(file).gid]),
    all.map((file) => [file, 1234, 5678]),
  )
})
