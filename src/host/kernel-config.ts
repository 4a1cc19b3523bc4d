/** How the running kernel was configured. */
import { readFileSync } from 'node:fs'
import { release } from 'node:os'
import { gunzipSync } from 'node:zlib'

/** Options that are built in or there as modules, and the file that says so. */
export interface KernelConfig {
  readonly file: string
  readonly options: ReadonlySet<string>
}

/** What /proc/config.gz or /boot/config-RELEASE says; undefined where there is neither. */
export function readKernelConfig(): KernelConfig | undefined {
  for (const [file, read] of [
    ['/proc/config.gz', (bytes: Buffer) => gunzipSync(bytes)],
    [`/boot/config-${release()}`, (bytes: Buffer) => bytes],
  ] as const)
    try {
      return { file, options: parseKernelConfig(read(readFileSync(file)).toString()) }
    } catch {
      // The next one may be there.
    }
  return undefined
}

/** The options that are `y` or `m`, from the text of a configuration. */
export const parseKernelConfig = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^(CONFIG_\w+)=[ym]$/gm)].map(([, option = '']) => option))

/** The values of options, by name without CONFIG_, from the text of a configuration. */
export const kernelConfigValues = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^CONFIG_(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value.replace(/^"(.*)"$/, '$1'),
    ]),
  )
