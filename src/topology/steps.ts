/**
 * Steps: tools to be run one after the other inside the sandbox. Its first process starts each where it belongs
 * (sandbox/runner, which tells the format of what goes there and back): no process is made beside the tools.
 */
import { createConnection } from 'node:net'
import type { ToolCall, ToolFailure, ToolSuccess } from '../host/tool.ts'

/** A tool to be run in the sandbox. */
export interface Step extends ToolCall {
  /** The file of the network namespace to run in; none is the sandbox's own. */
  readonly namespaceFile?: string
}

/**
 * Longest that a step may take, s, that does not say otherwise. Packets that go in circles, over bridges that make a
 * loop, can keep a kernel so busy that nothing else is done.
 */
export const stepLimitS = 120

/** How a step ended. */
export type StepEnd = ToolSuccess | ToolFailure

/** @param namespaceFolder where the files of network namespaces are */
export function encodeSteps(steps: readonly Step[], namespaceFolder: string): Buffer {
  return Buffer.concat(
    steps.flatMap(({ command, input = '', namespaceFile, limitS = stepLimitS }) => [
      encodeNumber(Math.ceil(limitS)),
      ...encodeText(namespaceFile === undefined ? '' : `${namespaceFolder}/${namespaceFile}`),
      ...encodeText(input),
      encodeNumber(command.length),
      ...command.flatMap(encodeText),
    ]),
  )
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function encodeText(value: string): Buffer[] {
  const bytes = Buffer.from(value)
  return [encodeNumber(bytes.length), bytes]
}

/** Of what a tool says: far more than any has to say, and what a string has room for. Of more the end is kept. */
const mostTextBytes = 64 * 1024 ** 2

/** How steps ended, up to the first that failed; of an answer that breaks off, those that are whole. */
export function decodeEnds(answer: Buffer): StepEnd[] {
  const ends: StepEnd[] = []
  let at = 0
  const take = (length: number): Buffer | undefined => {
    if (at + length > answer.length) return undefined
    at += length
    return answer.subarray(at - length, at)
  }
  const number = () => take(4)?.readInt32BE()
  const text = () => {
    const length = number()
    return length === undefined ? undefined : take(length)?.subarray(-mostTextBytes).toString()
  }
  for (;;) {
    const code = number()
    const stdout = text()
    const stderr = code === 0 ? '' : text()
    if (code === undefined || stdout === undefined || stderr === undefined) return ends
    const exitCode = code < 0 ? undefined : code
    ends.push(
      code === 0
        ? { state: 'done', stdout, stderr }
        : { state: 'failed', exitCode, stdout, stderr, cause: undefined },
    )
  }
}

/** Sends a request, and gives the answer: what there is of it, where the other end is gone. */
export function exchange(socket: string, request: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const connection = createConnection({ path: socket, allowHalfOpen: true })
    connection.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
    })
    connection.on('error', () => undefined)
    connection.on('end', () => connection.destroy())
    connection.on('close', () => {
      resolve(Buffer.concat(chunks))
    })
    connection.end(request)
  })
}
