/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_INTERQUARTILE_MEAN_H
#define UDPGEN_INTERQUARTILE_MEAN_H

#include <stddef.h>
#include <stdint.h>

/*
 * The mean of what is left without the lowest and the highest quarter, rounded down. Interrupts take
 * no part in it, and unlike a median it is finer than the clock's whole nanoseconds. Sorts the values.
 */
double interquartile_mean(uint32_t *values, size_t count);

#endif
