/* SPDX-License-Identifier: Apache-2.0 */
/* The sections of an object file: what libbpf knows of them and does not tell. */
#ifndef BPFLOAD_ELF_OBJECT_H
#define BPFLOAD_ELF_OBJECT_H

#include <gelf.h>
#include <stdbool.h>

#include "failure.h"

typedef void (*section_visitor)(Elf *elf, Elf_Scn *section, const GElf_Shdr *header, void *context);

/* Calls `visit` with every section. */
bool for_each_section(const char *object, section_visitor visit, void *context,
		      struct failure *failure);

/* NULL in a broken object. */
const char *section_name(Elf *elf, const GElf_Shdr *header);

#endif
