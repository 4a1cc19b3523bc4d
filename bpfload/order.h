/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be loaded: the order that pathbench writes (src/datapath/load-order.ts). */
#ifndef BPFLOAD_ORDER_H
#define BPFLOAD_ORDER_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"

/* An object in one namespace: loaded once for its programs there, which share its maps. */
struct instance_order {
	const char *object;
	/* File of the network namespace, NULL for the caller's. */
	const char *network_namespace;
	/* Folders of a bpffs: for the programs, for the maps, and for maps that ask to be pinned by name. */
	const char *program_pins;
	const char *map_pins;
	const char *pin_root;
	/* Arrays of the objects below. All strings are the order's. */
	json_t *programs;
	json_t *constants;
	json_t *entries;
	/* Names of maps that are the same one in all instances with this `pin_root`. */
	json_t *shared_maps;
	/* How many entries maps have room for, by map: those that are not as their object says. */
	json_t *map_sizes;
	/* Entries that nobody looks up: how many, by map. */
	json_t *background;
};

struct program_order {
	const char *name;
	/* "xdp", "tc" or "socket": what its hook takes. */
	const char *type;
};

/* The first bytes of a global variable. */
struct constant_order {
	const char *name;
	const char *bytes;
};

/*
 * A key and a value in hexadecimal digits; or, as the value, the name of a program or of a map. Where there are
 * both digits and a program, the value ends with the program.
 */
struct entry_order {
	const char *map;
	const char *key;
	const char *value;
	const char *program;
	const char *inner_map;
};

bool parse_instance(struct instance_order *instance, json_t *value, struct failure *failure);
bool parse_program(struct program_order *program, json_t *value, struct failure *failure);
bool parse_constant(struct constant_order *constant, json_t *value, struct failure *failure);
bool parse_entry(struct entry_order *entry, json_t *value, struct failure *failure);

#endif
