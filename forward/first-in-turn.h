/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FORWARD_FIRST_IN_TURN_H
#define FORWARD_FIRST_IN_TURN_H

/*
 * Has this process run as soon as a packet wakes it, before what only computes: client and server may spin on all CPUs that
 * there are, and a packet would wait for the end of a time slice of theirs. Where that is not allowed, it waits.
 */
void be_first_in_turn(void);

/* Ends the process with a message about what failed, and the reason that errno has. */
_Noreturn void die(const char *what);

#endif
