/** Where searches and soaks are kept, each with its tables beside it. */
import { type Search, searchSchema, searchSchemaVersion } from '../record/search.ts'
import { type Soak, soakSchema, soakSchemaVersion } from '../record/soak.ts'
import { kindStore } from './kind-store.ts'
import { searchCsv, soakCsv, trialsCsv } from './rate-csv.ts'

export const searches = kindStore<Search>({
  kind: 'search',
  those: 'the searches',
  schema: searchSchema,
  schemaVersion: searchSchemaVersion,
  idOf: ({ searchId }) => searchId,
  tables: { 'search.csv': searchCsv, 'trials.csv': trialsCsv },
})

export const soaks = kindStore<Soak>({
  kind: 'soak',
  those: 'the soaks',
  schema: soakSchema,
  schemaVersion: soakSchemaVersion,
  idOf: ({ soakId }) => soakId,
  tables: { 'soak.csv': soakCsv },
})
