/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BPFLOAD_FILTERS_THERE_H
#define BPFLOAD_FILTERS_THERE_H

/* How many answers the kernel has to a listing of a device's filters at clsact, both directions: 0 if none is there; or -errno. */
int filters_there(int interface);

#endif
