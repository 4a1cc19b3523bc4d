/** Text in drawings, which do not wrap. */

/** `text` cut with an ellipsis where it would be wider than `width`, at some `characterWidth` a character. */
export const fitText = (text: string, width: number, characterWidth: number): string => {
  const most = Math.floor(width / characterWidth)
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`
}

/** `text` in one line where it fits, else split after an underscore or hyphen into two that do as well as can be. */
export const wrapName = (text: string, width: number, characterWidth: number): string[] => {
  const most = Math.floor(width / characterWidth)
  if (text.length <= most) return [text]
  const end = Math.max(text.lastIndexOf('_', most - 1), text.lastIndexOf('-', most - 1)) + 1
  const lines = end === 0 ? [text] : [text.slice(0, end), text.slice(end)]
  return lines.map((line) => fitText(line, width, characterWidth))
}
