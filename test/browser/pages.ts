/** The pages that a browser is shown, made of made-up runs. */
import { comparedFleet } from '../../src/fleet/compared.ts'
import { renderFleet } from '../../src/fleet/page.ts'
import { renderCompare } from '../../src/report/compare.ts'
import { renderReport } from '../../src/report/report.ts'
import { renderSweep } from '../../src/sweep/page.ts'
import { renderTrend } from '../../src/trend/page.ts'
import { trendOf } from '../../src/trend/trend.ts'
import { balancedRecord } from '../report/balanced-record.ts'
import { manyPathsRecord } from '../report/many-paths-record.ts'
import { kernelsRecord } from '../report/kernels-record.ts'
import { diagnosedRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { twoKernels } from '../fleet/made-up-fleet.ts'
import { madeUpRecords, madeUpSweep } from '../sweep/made-up-sweep.ts'
import { steppedHistory } from '../trend/made-up-history.ts'

const compared = (): string | Promise<string> =>
  renderCompare(
    [
      { name: 'main', record: sampleRecord() },
      { name: 'branch', record: diagnosedRecord() },
    ],
    0.02,
  )

const trend = (): Promise<string> =>
  renderTrend(trendOf('redirect-vs-stack', steppedHistory(), ({ role }) => role === 'candidate'))

/** By name, as HTML. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'a run of 4 paths': () => renderReport(sampleRecord()),
  'a run of load balancers': () => renderReport(balancedRecord()),
  'a run of 16 paths': () => renderReport(manyPathsRecord(13)),
  'a run with an invalid path': () => renderReport(diagnosedRecord()),
  'a run with two kernels': () => renderReport(kernelsRecord()),
  'a comparison': compared,
  'a fleet': () => renderFleet(comparedFleet(twoKernels(), 0.02)),
  'a trend': trend,
  'a sweep': () => renderSweep(madeUpSweep, madeUpRecords),
}
