// SPDX-License-Identifier: Apache-2.0
#include "symbol.h"

#include <stdio.h>
#include <string.h>

/* Packets are dropped at a handful of places. */
#define KNOWN_MAX 32

static struct {
	__u64 address;
	char name[SYMBOL_BYTES_MAX];
} known[KNOWN_MAX];
static size_t known_count;

/* The symbol with the highest address that is not above this one. */
static bool look_up(__u64 address, char name[SYMBOL_BYTES_MAX])
{
	char symbol[SYMBOL_BYTES_MAX], line[512];
	unsigned long long at, best = 0;
	FILE *symbols = fopen("/proc/kallsyms", "re");
	char type;

	if (!symbols)
		return false;
	while (fgets(line, sizeof(line), symbols))
		if (sscanf(line, "%llx %c %127s", &at, &type, symbol) == 3 && at <= address &&
		    at > best) {
			best = at;
			memcpy(name, symbol, SYMBOL_BYTES_MAX);
		}
	fclose(symbols);
	/* What the compiler made of a function is called by it: ip_error.cold, netif_rx.part.0. */
	name[strcspn(name, ".")] = '\0';
	return best > 0;
}

bool find_symbol(__u64 address, char name[SYMBOL_BYTES_MAX])
{
	for (size_t i = 0; i < known_count; i++)
		if (known[i].address == address) {
			memcpy(name, known[i].name, SYMBOL_BYTES_MAX);
			return name[0] != '\0';
		}
	memset(name, 0, SYMBOL_BYTES_MAX);
	look_up(address, name);
	if (known_count < KNOWN_MAX) {
		known[known_count].address = address;
		memcpy(known[known_count++].name, name, SYMBOL_BYTES_MAX);
	}
	return name[0] != '\0';
}
