import test from 'ava'
import { isWhole, mainJobReports, newMachine, testsPass } from './first-use.ts'

test('on a Debian 13 with Debian’s own Node, which is too old, README’s first command ends with a report', async (t) => {
  const packages = ['ca-certificates', 'sudo', 'nodejs', 'npm']
  const machine = await newMachine(t, { suite: 'trixie', packages })
  await mainJobReports(t, machine)
  if (isWhole) await testsPass(t, machine)
})
