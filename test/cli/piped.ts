/** `bench` in a pipeline. */
import { execa } from 'execa'
import { benchCommand } from '../netns/bench-command.ts'

/** Runs `bench` in bash, with what follows it in a pipeline or redirects it; gives the exit code of bench itself. */
export async function piped(words: readonly string[], rest: string, cwd = process.cwd()) {
  const script = `"$@" ${rest}\necho "bench: \${PIPESTATUS[0]}" >&2`
  // With its input a socket, as Node's pipes are, bash takes itself for one that ssh has started, and reads ~/.bashrc.
  const { stdout, stderr } = await execa('bash', ['--norc', '-c', script, 'bash', ...benchCommand(words)], {
    cwd,
    reject: false,
    extendEnv: false,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/root' },
  })
  return { stdout, stderr, exitCode: Number(/^bench: (\d+)$/m.exec(stderr)?.[1]) }
}
