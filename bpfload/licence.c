// SPDX-License-Identifier: Apache-2.0
#include "licence.h"

#include <stdio.h>
#include <string.h>

#include "elf-object.h"

struct search {
	char *licence;
	size_t bytes;
	bool is_found;
};

static void look(Elf *elf, Elf_Scn *section, const GElf_Shdr *header, void *context)
{
	const char *name = section_name(elf, header);
	struct search *search = context;
	Elf_Data *data;

	if (!name || strcmp(name, "license") != 0)
		return;
	data = elf_getdata(section, NULL);
	if (!data || !data->d_size)
		return;
	snprintf(search->licence, search->bytes, "%.*s", (int)data->d_size,
		 (const char *)data->d_buf);
	search->is_found = true;
}

bool read_licence(const char *object, char *licence, size_t bytes)
{
	struct search search = { .licence = licence, .bytes = bytes };
	struct failure failure;

	return for_each_section(object, look, &search, &failure) && search.is_found;
}
