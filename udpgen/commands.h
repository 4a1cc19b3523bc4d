/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_COMMANDS_H
#define UDPGEN_COMMANDS_H

#include <jansson.h>

/* Carries out one line of input. Gives the answer, which may be an error; never NULL. */
json_t *carry_out(const char *line);

#endif
