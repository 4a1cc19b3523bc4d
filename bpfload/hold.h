/* SPDX-License-Identifier: Apache-2.0 */
/* Programs attached by links, which the kernel takes away with the process that has them open. */
#ifndef BPFLOAD_HOLD_H
#define BPFLOAD_HOLD_H

/*
 * Reads orders, a line each, until its input ends:
 *
 *   {attach: [{namespace: FILE, device, type, flags, pin}]}, as in struct link_place
 *   {detach: true}
 *
 * and answers each with a line, {attached: true}, {detached: true} or {error, index}: of the first that could not be attached, after
 * which none of them is. They are attached from the last to the first.
 */
int hold(void);

#endif
