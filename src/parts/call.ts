/** What a part does in the sandbox, as data: who carries it out adds where it runs and what it is called. */
import type { ToolCall } from '../host/tool.ts'

/** A tool, and what it reads from its standard input. */
export type Call = Pick<ToolCall, 'command' | 'input' | 'hintFor'>
