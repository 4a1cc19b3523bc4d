/** Sets up the devices of a namespace by ethtool and sysfs, and reads back what the kernel made of it. */
import type { NamespacePlan } from './plan.ts'
import { sandboxFolders } from './sandbox.ts'
import type { Step } from './steps.ts'

/** The steps, for one namespace of a path. */
export const settingSteps = (plan: NamespacePlan, whose: string): Step[] => [
  ...offloadSteps(plan, whose),
  ...fileSteps(plan, whose),
]

const offloadSteps = ({ namespace, file, offloads }: NamespacePlan, whose: string): Step[] =>
  offloads.map(([device = '', ...features]) => ({
    command: ['ethtool', '-K', device, ...features],
    what: `switch offloads of ${device} in ${namespace} of ${whose}`,
    namespaceFile: file,
  }))

// sysfs shows the devices of the namespace that it is mounted in: it is mounted afresh, for this script alone. Sets of CPUs
// are read back in groups of eight digits, with zeros before them.
const setAndReadBack = `refuse() { echo "$1" >&2; exit 1; }
mount -t sysfs sysfs "$1" && cd "$1/class/net" || exit 1
plain() { echo "$1" | tr -d , | sed 's/^0*\\(.\\)/\\1/'; }
while IFS= read -r value && IFS= read -r files; do
  for file in $files; do
    [ -e "$file" ] || refuse "there is no /sys/class/net/$file"
    { printf '%s\\n' "$value" >"$file"; } 2>/dev/null || refuse "the kernel does not take $value for $file"
    read -r kept <"$file"
    [ "$(plain "$kept")" = "$(plain "$value")" ] || refuse "the kernel made $kept of $value for $file"
  done
done`

const fileSteps = ({ namespace, file, settings }: NamespacePlan, whose: string): Step[] =>
  settings.length === 0
    ? []
    : [
        {
          command: ['unshare', '--mount', 'sh', '-c', setAndReadBack, 'sh', sandboxFolders.devices],
          input: settings.map(({ files, value }) => `${value}\n${files}\n`).join(''),
          what: `set up the devices of ${namespace} of ${whose}`,
          namespaceFile: file,
        },
      ]
