/** What `bench doctor` found, as tables. */
import type { HostCheck } from '../commands/doctor-checks.ts'
import type { HostDevice, HostChecks } from '../commands/doctor-host.ts'
import { styled } from './output.ts'
import { textTable } from './text-table.ts'

const columns = (titles: readonly string[]) => titles.map((title) => ({ title, align: 'left' as const }))

/** All that was looked for; below it what is not there, with what its absence costs, and how to get it. */
export function checksText(checks: readonly HostCheck[]): string {
  const mark = ({ state, isRequired }: HostCheck) => {
    if (state === 'there') return styled('green', 'there')
    return styled(isRequired ? 'red' : 'yellow', state)
  }
  const looked = textTable(
    columns(['', 'state', 'what for']),
    checks.map((one) => [one.name, mark(one), one.why]),
  )
  const lacking = checks.flatMap((one) =>
    one.state === 'there' ? [] : [[one.name, mark(one), one.cost, one.remedy]],
  )
  if (lacking.length === 0) return looked
  return `${looked}\n\n${textTable(columns(['', 'state', 'without it', 'how to get it']), lacking)}`
}

const useOf = ({ isManagement, hindrance, namespace }: HostDevice): string => {
  if (isManagement) return styled('yellow', `left alone: ${hindrance}`)
  if (hindrance !== undefined) return styled('yellow', `cannot be moved: ${hindrance}`)
  return namespace === undefined ? 'free' : `${namespace} of the scenario`
}

/** A host: what it is, what it lacks, its devices, and whether it can be measured. @param hindered why not */
export const hostText = ({ host, checks, devices }: HostChecks, hindered: readonly string[]): string => {
  const table = textTable(
    columns(['device', 'state', 'driver', 'speed', 'use']),
    devices.map((one) => [
      one.device,
      one.isUp ? 'up' : 'down',
      one.driver ?? '',
      one.speedMbps === undefined ? '' : `${one.speedMbps} Mb/s`,
      useOf(one),
    ]),
  )
  const conclusion =
    hindered.length === 0
      ? `Host "${host.name}" can be a device under test`
      : `Host "${host.name}" cannot be a device under test: ${hindered.join('; ')}`
  return [
    `Host "${host.name}": Linux ${host.kernel}, ${host.distribution}, ${host.cpuModel}, ${host.cpuCount} CPUs`,
    table,
    checksText(checks),
    conclusion,
  ].join('\n\n')
}
