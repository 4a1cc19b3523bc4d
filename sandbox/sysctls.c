// SPDX-License-Identifier: Apache-2.0
/*
 * sysctls: sets sysctls of the network namespace that it is called in, and reads back what the kernel made of them. Pairs of
 * lines come over its standard input: a value, and the file under /proc/sys that it is for.
 *
 * What the kernel keeps can be another value than it was given, and lists come back with tabs; some it lets nobody read. Words of
 * digits and letters are compared, as it writes ranges and keys in a form of its own.
 */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	most_bytes = 4096
};

struct sysctl {
	char *value;
	char *file;
	struct sysctl *next;
};

static char *take_line(void)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t length = getline(&line, &room, stdin);

	if (length < 0)
		return NULL;
	if (length && line[length - 1] == '\n')
		line[length - 1] = '\0';
	return line;
}

static void set(const struct sysctl *one)
{
	int file = open(one->file, O_WRONLY | O_CLOEXEC);
	char text[most_bytes];
	int length = snprintf(text, sizeof(text), "%s\n", one->value);

	if (access(one->file, F_OK)) {
		fprintf(stderr, "there is no %s\n", one->file);
		exit(EXIT_FAILURE);
	}
	if (file < 0 || length >= (int)sizeof(text) ||
	    write(file, text, (size_t)length) != length) {
		fprintf(stderr, "the kernel does not take '%s' for %s\n", one->value, one->file);
		exit(EXIT_FAILURE);
	}
	close(file);
}

static int is_comparable(const char *value)
{
	if (strncmp(value, "0x", 2) == 0)
		return 0;
	for (; *value; value++)
		if (!isalnum((unsigned char)*value) && *value != '_' && *value != '\'' &&
		    *value != ' ')
			return 0;
	return 1;
}

/* Words with a blank between two. */
static void normalise(char *text)
{
	char *to = text, *words = text;

	for (char *word; (word = strtok_r(words, " \t\n", &words));) {
		size_t length = strlen(word);

		if (to != text)
			*to++ = ' ';
		memmove(to, word, length);
		to += length;
	}
	*to = '\0';
}

/* The last word on a sysctl is what has to be there. */
static int is_last(const struct sysctl *one)
{
	for (const struct sysctl *later = one->next; later; later = later->next)
		if (strcmp(later->file, one->file) == 0)
			return 0;
	return 1;
}

static void compare(const struct sysctl *one)
{
	int file = open(one->file, O_RDONLY | O_CLOEXEC);
	char text[most_bytes];
	ssize_t length = file < 0 ? -1 : read(file, text, sizeof(text) - 1);

	if (file >= 0)
		close(file);
	if (length < 0)
		return;
	text[length] = '\0';
	normalise(text);
	if (strcmp(text, one->value) == 0)
		return;
	fprintf(stderr, "the kernel made '%s' of '%s' for %s\n", text, one->value, one->file);
	exit(EXIT_FAILURE);
}

int main(void)
{
	struct sysctl *all = NULL, **end = &all;
	char *value, *file;

	while ((value = take_line()) && (file = take_line())) {
		struct sysctl *one = malloc(sizeof(*one));

		if (!one)
			return EXIT_FAILURE;
		*one = (struct sysctl){ value, file, NULL };
		set(one);
		*end = one;
		end = &one->next;
	}
	/* Once all are set: a value can depend on another. */
	for (struct sysctl *one = all; one; one = one->next)
		if (is_comparable(one->value) && is_last(one))
			compare(one);
	return EXIT_SUCCESS;
}
