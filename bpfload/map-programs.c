// SPDX-License-Identifier: Apache-2.0
#include "map-programs.h"

#include <string.h>

#include "elf-object.h"

struct search {
	void (*found)(const char *program, void *context);
	void *context;
};

/* Whether a section holds relocations of the section of maps. */
static bool relocates_maps(Elf *elf, const GElf_Shdr *header)
{
	Elf_Scn *target;
	GElf_Shdr target_header;
	const char *name;

	if (header->sh_type != SHT_REL)
		return false;
	target = elf_getscn(elf, header->sh_info);
	if (!target || !gelf_getshdr(target, &target_header))
		return false;
	name = section_name(elf, &target_header);
	return name && strcmp(name, ".maps") == 0;
}

static void find_in_relocations(Elf *elf, Elf_Scn *section, const GElf_Shdr *header, void *context)
{
	const struct search *search = context;
	Elf_Scn *symbols = elf_getscn(elf, header->sh_link);
	Elf_Data *relocations = elf_getdata(section, NULL);
	Elf_Data *symbol_data = symbols ? elf_getdata(symbols, NULL) : NULL;
	GElf_Shdr symbol_header;
	GElf_Rel relocation;
	GElf_Sym symbol;

	if (!relocates_maps(elf, header) || !relocations || !symbol_data ||
	    !gelf_getshdr(symbols, &symbol_header))
		return;
	for (int i = 0; gelf_getrel(relocations, i, &relocation); i++) {
		const char *name;

		if (!gelf_getsym(symbol_data, (int)GELF_R_SYM(relocation.r_info), &symbol) ||
		    GELF_ST_TYPE(symbol.st_info) != STT_FUNC)
			continue;
		name = elf_strptr(elf, symbol_header.sh_link, symbol.st_name);
		if (name)
			search->found(name, search->context);
	}
}

bool for_each_map_program(const char *object, void (*found)(const char *program, void *context),
			  void *context, struct failure *failure)
{
	struct search search = { .found = found, .context = context };

	return for_each_section(object, find_in_relocations, &search, failure);
}
