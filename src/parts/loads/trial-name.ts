/** Names of trials: what tells two of one kind apart, in the load and in every figure. Pure. */
import { plainName } from '../words.ts'

/** A trial, as far as its figures are told from those of others. */
export interface TrialName {
  readonly kind: string
  readonly name?: string | undefined
}

/** What tells a trial from others, and nothing else of it: a field without a value is left out, as JSON has it. */
export const trialIdentity = <Kind extends string>({
  kind,
  name,
}: {
  readonly kind: Kind
  readonly name?: string | undefined
}): { kind: Kind; name?: string } => (name === undefined ? { kind } : { kind, name })

export const trialName = plainName
  .optional()
  .describe(
    'What the trial is called where there are several of its kind: its figures have the name behind `@`, as in `tcpStreamBps@up` and `rttNs@large.p99`.',
  )

/** A trial in a table or a sentence: its kind, and its name where it has one. */
export const trialLabel = ({ kind, name }: TrialName): string =>
  name === undefined ? kind : `${kind} ${name}`

/** What a figure, or a distribution, is called that comes from a trial of this name. */
export const namedFigure = (figure: string, trial: string | undefined): string =>
  trial === undefined ? figure : figure.replace(/^[^.]*/, (first) => `${first}@${trial}`)

/** A figure's name without that of its trial, and that. */
export function splitFigure(name: string): { readonly plain: string; readonly trial?: string } {
  const [, first = name, trial, rest = ''] = /^([^.@]*)@([^.]*)(.*)$/.exec(name) ?? []
  return trial === undefined ? { plain: name } : { plain: `${first}${rest}`, trial }
}

/** Whether a figure is that of this name, whatever the trial that it comes from is called. */
export const isFigure = (name: string, plain: string): boolean => splitFigure(name).plain === plain
