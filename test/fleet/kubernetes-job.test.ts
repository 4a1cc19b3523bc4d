import { readFileSync } from 'node:fs'
import test from 'ava'
import { Job } from 'kubernetes-models/batch/v1'
import { PersistentVolumeClaim } from 'kubernetes-models/v1'
import { parseAllDocuments } from 'yaml'
import { inProject } from '../netns/bench-command.ts'

type Written = ConstructorParameters<typeof Job>[0]

const [claim, job] = parseAllDocuments(
  readFileSync(inProject('deploy', 'kubernetes', 'job.yaml'), 'utf8'),
).map((document) => document.toJS() as unknown)

test('the job for Kubernetes, and the claim that it keeps results by, are what its API takes', (t) => {
  t.notThrows(() => {
    new PersistentVolumeClaim(claim as ConstructorParameters<typeof PersistentVolumeClaim>[0]).validate()
    new Job(job as Written).validate()
  })
  const wrong = structuredClone(job) as { spec: { backoffLimit: unknown } }
  wrong.spec.backoffLimit = 'none'
  t.throws(() => {
    new Job(wrong as Written).validate()
  })
})
