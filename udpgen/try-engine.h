/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_TRY_ENGINE_H
#define UDPGEN_TRY_ENGINE_H

/*
 * Does once, in its own network namespace, what an engine of floods needs of the kernel: gso, packet, or xdp and the pin of
 * an XDP program. Sends nothing. Gives the exit status; why it is refused is on standard error.
 */
int try_engine(int count, char **arguments);

#endif
