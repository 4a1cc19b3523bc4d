/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpfload trace: follows udpgen's packets by bpf/trace.bpf.c. What is to be followed comes as an order on standard input,
 * {object, programObject, namespaces: [FILE…], programs: [PIN…], eventsMax}, and is answered with the stations that this
 * kernel has, {stations: [NAME…], missing: [NAME…], namespaces: [INODE…], refused: [[NUMBER, WHY]…]}: programs at whose beginning
 * and end nobody is let look, by their place in the order. A line each says what is next, and is answered with one:
 *
 *   {"attach": "all"}	{attached: true}, or {error}; "calls" are the probes of system calls alone
 *   {"detach": true}	{detached: true}
 *   {"take": true}	{events: [[…]…], lost}, what has come since the last time; see encode_event()
 *
 * All is taken away when the input ends, or the process does.
 */
#ifndef BPFLOAD_TRACE_H
#define BPFLOAD_TRACE_H

#include <jansson.h>

/* Returns the exit code. */
int trace(json_t *order);

#endif
