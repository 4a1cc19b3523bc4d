/** The option of all commands that load the machine. */

/** For commander's `option()`. */
export const noWait = ['--no-wait', 'fail at once if another run is going on, instead of waiting'] as const
