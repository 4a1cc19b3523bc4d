/** Who lost what was lost at the upper bound: the path, the receiver's socket, or the generator. Pure. */
import { middleOf } from '../stats/middle.ts'
import type { Limits, Loss, RateTrial, SearchResult } from '../record/search.ts'

/** Packets that other CPUs handled, as a share of all: up to this, the sender's CPU does all of the path's work. */
const notableOtherCpuShare = 0.02

/** Taken off their CPUs more often than this in a second, half of the trials: others want this machine's CPUs. */
const notablePreemptionsPerS = 20

/** @param floor the path that no other can beat, where it is measured */
export function limitsOf(
  { path, goal, upperPps }: SearchResult,
  trials: readonly RateTrial[],
  results: readonly SearchResult[],
  floor: string | undefined,
): { limits?: Limits } {
  const own = trials.filter((trial) => trial.path === path && trial.ratePps === upperPps)
  if (upperPps === undefined || own.length === 0) return {}
  const loss = own.map((trial) => trial.loss).reduce(addLoss)
  const onFloor = results.find((result) => result.path === floor && result.goal === goal)
  const floorPps = path === floor ? undefined : onFloor?.lowerPps
  return { limits: { ...judge(loss, own, upperPps, floorPps), loss, trials: own.length } }
}

const addLoss = (a: Loss, b: Loss): Loss => ({
  notOffered: a.notOffered + b.notOffered,
  atSocket: a.atSocket + b.atSocket,
  onPath: a.onPath + b.onPath,
})

function judge(
  loss: Loss,
  trials: readonly RateTrial[],
  upperPps: number,
  floorPps: number | undefined,
): Pick<Limits, 'by' | 'why'> {
  const most = Math.max(loss.notOffered, loss.atSocket, loss.onPath)
  if (loss.onPath === most) return { by: 'path', why: 'packets that were sent did not come to the server' }
  if (loss.atSocket === most)
    return {
      by: 'receiver',
      why: "packets came to the server, whose socket was full: the receiver's thread was too slow",
    }
  if (
    (middleOf(trials.map(({ preempted, durationS }) => preempted / durationS)) ?? 0) > notablePreemptionsPerS
  )
    return {
      by: 'generator',
      why: 'packets could not be sent in time, as other processes took its CPU: what the path takes on an idle machine is more',
    }
  if (floorPps === undefined || floorPps < upperPps)
    return {
      by: 'generator',
      why: 'packets could not be sent in time, and the floor does not show that the generator can send more',
    }
  return {
    by: 'path',
    why: isCarriedBySender(trials)
      ? "the sender's CPU carries each packet to the server's socket, and could not do so in time: what the path takes is the rate at which it can be flooded"
      : 'packets could not be sent in time, as the path keeps the sender: on the floor the generator sends more',
  }
}

const isCarriedBySender = (trials: readonly RateTrial[]): boolean =>
  (middleOf(trials.map(({ senderCpuShare }) => senderCpuShare ?? 0)) ?? 0) >= 1 - notableOtherCpuShare
