/* SPDX-License-Identifier: Apache-2.0 */
/* Programs attached by links, which the kernel takes away with the process that has them open. */
#ifndef BPFLOAD_HOLD_H
#define BPFLOAD_HOLD_H

/*
 * Reads orders, a line each, until its input ends:
 *
 *   {attach: [{namespace: FILE, device, hook: "tc/ingress" | "tc/egress" | "xdp/generic" | "xdp/native", pin}]}
 *   {detach: true}
 *
 * and answers each with a line, {attached: true}, {detached: true} or {error, index}: of the first that could not be attached, after
 * which none of them is. Those of a hook run in their order, and before programs of others.
 */
int hold(void);

#endif
