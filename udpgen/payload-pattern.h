/* SPDX-License-Identifier: Apache-2.0 */
/* What stands behind the header in every payload, so that damage to it shows. */
#ifndef UDPGEN_PAYLOAD_PATTERN_H
#define UDPGEN_PAYLOAD_PATTERN_H

#include "protocol.h"

extern unsigned char payload_pattern[PAYLOAD_BYTES_MAX];

/* To be called once, before the first packet. */
void payload_pattern_fill(void);

#endif
