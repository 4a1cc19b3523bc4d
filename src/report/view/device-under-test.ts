/** What stands between client and servers, as sentences call it. */
import type { PathRecord, RunRecord } from '../../record/record.ts'
import type { DeviceUnderTest } from '../../words/sentences.ts'

/** Whether a path's load is spread over several servers. */
export const isBalanced = ({ servers }: PathRecord): boolean => servers !== undefined && servers.length > 1

/** Where there are several servers, what a path has beyond the floor is a load balancer. */
export const deviceUnderTestOf = ({ paths }: RunRecord): DeviceUnderTest =>
  paths.some(isBalanced) ? 'balancer' : 'router'
