/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that are attached for a while: by links, which the kernel takes away with the process that has them open, and as filters. */
#ifndef BPFLOAD_HOLD_H
#define BPFLOAD_HOLD_H

/*
 * Reads orders, a line each, until its input ends:
 *
 *   {attach: [{namespace: FILE, device, pin, link: {type, flags}}, as in struct link_place, or
 *             {namespace: FILE, device, pin, filter: {isEgress, preference, handle, ownsQdisc}}, as in struct filter]}
 *   {detach: true}
 *
 * and answers each with a line, {attached: true}, {detached: true}, {error, index}: of the first that could not be attached, after
 * which none of them is, or {error}: of one that could not be taken away. They are attached from the last to the first. Filters outlive this process where it is killed: whoever gives the order is to see to them.
 */
int hold(void);

#endif
