import test from 'ava'
import { kernelLabels, releaseOf } from '../../src/machine/kernel.ts'
import { imageOf } from './made-up-kernel.ts'

test('the release of a kernel stands in its image', (t) => {
  t.is(releaseOf(imageOf('6.12.117+deb12-cloud-amd64')), '6.12.117+deb12-cloud-amd64')
  t.is(releaseOf(Buffer.from('#!/bin/sh')), undefined)
  t.is(releaseOf(Buffer.alloc(0x1000)), undefined)
})

for (const [what, releases, labels] of [
  ['another version', ['6.1.0-54-cloud-amd64', '6.12.117+deb12-cloud-amd64'], ['6.1.0', '6.12.117']],
  ['a release candidate', ['6.19.0-rc1-g0123', '6.19.0-rc2'], ['6.19.0-rc1', '6.19.0-rc2']],
  ['another build of a version', ['6.1.0-53-amd64', '6.1.0-54-amd64'], ['6.1.0-53-amd64', '6.1.0-54-amd64']],
  ['the same one twice', ['6.1.0-54-amd64', '6.1.0-54-amd64'], ['6.1.0-1', '6.1.0-2']],
  ['one alone', ['6.1.0-54-amd64'], ['6.1.0']],
  ['what a name of a path cannot have', ['mine/x', 'mine y'], ['mine-x', 'mine-y']],
] as const)
  test(`kernels get names of their own: ${what}`, (t) => {
    t.deepEqual(kernelLabels(releases), labels)
  })
