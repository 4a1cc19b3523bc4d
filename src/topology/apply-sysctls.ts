/** Sets sysctls of a namespace, and reads back what the kernel made of them. */
import type { NamespacePlan } from './plan.ts'
import type { Step } from './steps.ts'

// A value and the file it is for, a line each. What the kernel keeps can be another value than it was given,
// and lists come back with tabs; some it lets nobody read. Words of digits and letters are compared, as it
// writes ranges and keys in a form of its own. All are read by one tool: such files give a shell that reads byte by
// byte, as dash does, their first byte alone.
const setAndReadBack = `set -f
refuse() { echo "$1" >&2; exit 1; }
wanted= files=
while IFS= read -r value && IFS= read -r file; do
  [ -e "$file" ] || refuse "there is no $file"
  { printf '%s\n' "$value" >"$file"; } 2>/dev/null || refuse "the kernel does not take '$value' for $file"
  case $value in 0x* | *[!0-9a-zA-Z_' ']*) continue ;; esac
  files="$files $file"
  wanted="$wanted$file:$value
"
done
[ -n "$files" ] || exit 0
grep -sH '' $files | while IFS= read -r line; do
  file=\${line%%:*}
  set -- \${line#*:}
  value=\${wanted##*"$file:"}
  value=\${value%%
*}
  [ "$*" = "$value" ] || refuse "the kernel made '$*' of '$value' for $file"
done`

/** The step that sets them, if there are any. */
export const sysctlSteps = ({ namespace, file, sysctls }: NamespacePlan, whose: string): Step[] =>
  sysctls.length === 0
    ? []
    : [
        {
          command: ['sh', '-c', setAndReadBack],
          input: sysctls.map((sysctl) => `${sysctl.value}\n${sysctl.file}\n`).join(''),
          what: `set the sysctls of ${namespace} of ${whose}`,
          namespaceFile: file,
        },
      ]
