// SPDX-License-Identifier: Apache-2.0
/* Lists of steps in frames over the standard input, from another host; answers in frames on the standard output. */
#ifndef RUNNER_FRAMES_H
#define RUNNER_FRAMES_H

/* Called once, before all frames. */
void begin_frames(void);

/* Takes the frame that is there, and has its list carried out by a process of its own. Ends this process where the input ends,
 * or where nothing comes for so long. */
void take_frame(int patience_ms);

#endif
