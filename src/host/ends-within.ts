/** Waits that have an end. */

/** Whether `ended` is kept within some time. The timer keeps no process alive. */
export function endsWithin(ended: PromiseLike<unknown>, limitS: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(false)
    }, limitS * 1000)
    const isOver = () => {
      clearTimeout(timer)
      resolve(true)
    }
    ended.then(isOver, isOver)
  })
}
