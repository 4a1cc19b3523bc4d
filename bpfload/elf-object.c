// SPDX-License-Identifier: Apache-2.0
#include "elf-object.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const char *section_name(Elf *elf, const GElf_Shdr *header)
{
	size_t names;

	return elf_getshdrstrndx(elf, &names) == 0 ? elf_strptr(elf, names, header->sh_name) : NULL;
}

bool for_each_section(const char *object, section_visitor visit, void *context,
		      struct failure *failure)
{
	int descriptor = open(object, O_RDONLY | O_CLOEXEC);
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	Elf *elf;

	if (descriptor < 0)
		return fail(failure, "could not open the object: %s", strerror(errno));
	elf_version(EV_CURRENT);
	elf = elf_begin(descriptor, ELF_C_READ, NULL);
	if (!elf) {
		close(descriptor);
		return fail(failure, "could not read the object: %s", elf_errmsg(-1));
	}
	while ((section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &header))
			visit(elf, section, &header, context);
	elf_end(elf);
	close(descriptor);
	return true;
}
