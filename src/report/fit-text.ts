/** Text in drawings, which do not wrap. */

/** `text` cut with an ellipsis where it would be wider than `width`, at some `characterWidth` a character. */
export const fitText = (text: string, width: number, characterWidth: number): string => {
  const most = Math.floor(width / characterWidth)
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`
}
