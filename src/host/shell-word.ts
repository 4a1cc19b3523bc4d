/** Words as a POSIX shell takes them. */

/** Between single quotes, of which one inside is written '\''. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/** Plain where that can be, for people to read; else quoted. */
export const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))
