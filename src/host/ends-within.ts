/** Waits that have an end. */

/**
 * Whether `ended` is kept within some time, counted in parts, so that none passes while pathbench itself is
 * stopped.
 */
export function endsWithin(ended: PromiseLike<unknown>, limitS: number): Promise<boolean> {
  return new Promise((resolve) => {
    let left = parts
    const timer = setInterval(
      () => {
        left -= 1
        if (left > 0) return
        clearInterval(timer)
        resolve(false)
      },
      (limitS * 1000) / parts,
    )
    const isOver = () => {
      clearInterval(timer)
      resolve(true)
    }
    ended.then(isOver, isOver)
  })
}

const parts = 10
