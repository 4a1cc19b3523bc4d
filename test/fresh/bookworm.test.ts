import test from 'ava'
import { mainJobReports, newMachine, testsPass } from './first-use.ts'

test('on a Debian 12 with nothing but sudo, README’s two commands end with a report and with tests that pass', async (t) => {
  const machine = await newMachine(t, { suite: 'bookworm', packages: ['ca-certificates', 'sudo'] })
  await mainJobReports(t, machine)
  await testsPass(t, machine)
})
