/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that are attached for a while: by links, which the kernel takes away with the process that has them open, and as filters. */
#ifndef BPFLOAD_HOLD_H
#define BPFLOAD_HOLD_H

/*
 * Reads orders, a line each, until its input ends:
 *
 *   {attach: [{namespace: FILE, device, hook: "tcx/ingress" | "tcx/egress" | "xdp/generic" | "xdp/native", pin},
 *             {namespace: FILE, device, hook: "tc/ingress" | "tc/egress", pin, filter: {preference, handle, ownsQdisc}}]}
 *   {detach: true}
 *
 * and answers each with a line, {attached: true}, {detached: true}, {error, index}: of the first that could not be attached, after
 * which none of them is, or {error}: of one that could not be taken away. Links of a hook run in their order, and before programs of
 * others. Filters outlive this process where it is killed: whoever gives the order is to see to them.
 */
int hold(void);

#endif
