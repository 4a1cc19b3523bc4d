/** The files for CI services, against the action that they use. */
import test from 'ava'
import { parse } from 'yaml'
import { z } from 'zod'
import { ciFiles, placeholders, services } from '../../src/ci/services.ts'
import { unknownSource } from '../../src/ci/source.ts'
import { readAction } from './read-action.ts'

const subject = {
  source: {
    repository: 'them/pathbench',
    url: 'https://host.example/them/pathbench.git',
    reference: 'v1.2.3',
  },
  scenario: 'perf/path.yaml',
  path: 'fast',
}

const texts = (service: (typeof services)[number], hasEntry = false) =>
  ciFiles(service, subject, hasEntry).map(({ file, text }) => ({ file, text, value: parse(text) as unknown }))

const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.unknown(),
  permissions: z.strictObject({ contents: z.enum(['read', 'write']) }),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean().optional() }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.literal('ubuntu-24.04'),
      'timeout-minutes': z.number(),
      steps: z.array(
        z.strictObject({ uses: z.string(), with: z.record(z.string(), z.unknown()).optional() }),
      ),
    }),
  ),
})

test('no placeholder is left in any file', (t) => {
  for (const service of services)
    for (const { file, text } of texts(service))
      for (const word of [
        ...Object.values(placeholders),
        unknownSource.repository,
        unknownSource.url,
        `REF\n`,
      ])
        t.false(text.includes(word), `${file}: ${word}`)
})

test('a workflow of GitHub checks out, then uses the action with inputs that it has', (t) => {
  const { inputs } = readAction()
  const files = texts('github')
  t.deepEqual(
    files.map(({ file }) => file),
    ['.github/workflows/pathbench.yml', '.github/workflows/pathbench-nightly.yml'],
  )
  for (const { file, value } of files) {
    const [job] = Object.values(workflowSchema.parse(value).jobs)
    const [checkout, use] = job!.steps
    t.regex(checkout!.uses, /^actions\/checkout@v\d+$/)
    t.is(use!.uses, 'them/pathbench@v1.2.3')
    for (const name of Object.keys(use!.with!)) t.true(name in inputs, `${file}: ${name}`)
    t.is(use!.with!.scenario, 'perf/path.yaml')
  }
})

test('only the job that keeps the history may write', (t) => {
  const [pullRequest, nightly] = texts('github').map(({ value }) => workflowSchema.parse(value))
  t.is(pullRequest!.on, 'pull_request')
  t.is(pullRequest!.permissions.contents, 'read')
  t.is(nightly!.permissions.contents, 'write')
  t.is(Object.values(nightly!.jobs)[0]!.steps[1]!.with!['history-branch'], 'pathbench-history')
})

const jobSchema = z.strictObject({
  image: z.string().optional(),
  extends: z.literal('.pathbench').optional(),
  variables: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  timeout: z.literal('20 minutes').optional(),
  rules: z.array(z.strictObject({ if: z.string() })).optional(),
  cache: z
    .strictObject({ key: z.string(), paths: z.array(z.string()), when: z.literal('always') })
    .optional(),
  before_script: z.array(z.string()).optional(),
  script: z.array(z.string()).optional(),
  after_script: z.array(z.string()).optional(),
  artifacts: z
    .strictObject({
      when: z.literal('always'),
      paths: z.array(z.string()),
      reports: z.strictObject({ junit: z.literal('pathbench/junit.xml') }),
    })
    .optional(),
})

test('GitLab gets a job for merge requests and one for schedules, on what both share', (t) => {
  const [{ value } = { value: undefined }] = texts('gitlab')
  const jobs = z.record(z.string(), jobSchema).parse(value)
  t.deepEqual(Object.keys(jobs), ['.pathbench', 'pathbench', 'pathbench-nightly'])
  t.deepEqual(jobs['.pathbench']!.variables, {
    GIT_DEPTH: 0,
    PATHBENCH_URL: 'https://host.example/them/pathbench.git',
    PATHBENCH_REF: 'v1.2.3',
    SCENARIO: 'perf/path.yaml',
    CANDIDATE: 'fast',
  })
  t.deepEqual(
    [jobs.pathbench!.rules, jobs['pathbench-nightly']!.rules],
    [[{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }], [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]],
  )
})

test('the file that GitLab reads is written only where there is none', (t) => {
  t.deepEqual(
    texts('gitlab').map(({ file }) => file),
    ['.gitlab/pathbench.yml', '.gitlab-ci.yml'],
  )
  t.deepEqual(texts('gitlab')[1]!.value, { include: [{ local: '.gitlab/pathbench.yml' }] })
  t.deepEqual(
    texts('gitlab', true).map(({ file }) => file),
    ['.gitlab/pathbench.yml'],
  )
})
