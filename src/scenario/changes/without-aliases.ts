/** A YAML document in which every part stands by itself. Pure. */
import { Document, visit } from 'yaml'

/** What stands for another part of the file would be changed with it. */
export function withoutAliases(document: Document): Document {
  const aliases: unknown[] = []
  visit(document, {
    Alias: (_, alias) => {
      aliases.push(alias)
    },
  })
  return aliases.length > 0
    ? new Document(document.toJS({ maxAliasCount: -1 }), { aliasDuplicateObjects: false })
    : document
}
