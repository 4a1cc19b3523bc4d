/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_ENCODE_RECORD_H
#define UDPGEN_ENCODE_RECORD_H

#include <jansson.h>

#include "trial.h"

/* The trial's record as it is answered. */
json_t *encode_record(const struct trial *trial, const struct record *record);

/* Pieces of records. */
void set_number(json_t *object, const char *key, uint64_t number);
void set_histogram(json_t *object, const char *key, const struct histogram *histogram);

#endif
