# SPDX-License-Identifier: Apache-2.0
# What Makefiles of programs share.

ifeq ($(origin CC),default)
CC := clang
endif

build := ../build
strict := -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror

# $(call link,COMMAND): runs a command that writes a file by -o, and puts that in the target's place.
#
# Written beside its place and moved there: two builds at once do not meet. It is as old as the start of its making, so that
# a source that is saved meanwhile is newer.
link = mkdir -p $(build) && : >$@.$$$$.began && \
	$(1) -o $@.$$$$ && touch -r $@.$$$$.began $@.$$$$ && mv $@.$$$$ $@; \
	made=$$?; rm -f $@.$$$$.began; exit $$made
