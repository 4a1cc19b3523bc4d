/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_ENCODE_TCP_RECORD_H
#define UDPGEN_ENCODE_TCP_RECORD_H

#include <jansson.h>

#include "trial.h"

/* Adds what a record of TCP has beside what all have. */
void set_tcp(json_t *object, const struct trial *trial, const struct record *record);

#endif
