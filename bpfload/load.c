// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include <bpf/libbpf.h>
#include <stdlib.h>
#include <string.h>

#include "background.h"
#include "choose-programs.h"
#include "constants.h"
#include "folder.h"
#include "licence.h"
#include "map-pins.h"
#include "map-sizes.h"
#include "maps.h"
#include "messages.h"
#include "namespace.h"
#include "order.h"
#include "programs.h"

/* Opens the object, chooses what of it is loaded, and loads that. NULL on failure. */
static struct bpf_object *open_object(const struct instance_order *order, struct failure *failure)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .pin_root_path = order->pin_root);
	struct bpf_object *object = bpf_object__open_file(order->object, &options);
	long error = libbpf_get_error(object);

	if (error) {
		fail(failure, "could not open the object: %s", strerror((int)-error));
		return NULL;
	}
	return object;
}

static bool load_object(struct bpf_object *object, const struct instance_order *order,
			struct failure *failure)
{
	int error;

	if (!choose_programs(object, order, failure) || !set_constants(object, order, failure) ||
	    !share_maps(object, order, failure) || !size_maps(object, order, failure) ||
	    !enlarge_maps(object, order, failure))
		return false;
	error = bpf_object__load(object);
	return !error || fail(failure, "the kernel refused the object: %s", strerror(-error));
}

/* What was loaded, NULL on failure. */
static json_t *load_and_pin(const struct instance_order *order, struct failure *failure)
{
	struct bpf_object *object = open_object(order, failure);
	json_t *programs = NULL;

	if (!object)
		return NULL;
	if (make_folder(order->program_pins, failure) && make_folder(order->map_pins, failure) &&
	    make_folder(order->pin_root, failure) && load_object(object, order, failure) &&
	    fill_maps(object, order, failure) && fill_background(object, order, failure) &&
	    pin_maps(object, order->map_pins, failure))
		programs = pin_programs(object, order, failure);
	bpf_object__close(object);
	return programs;
}

/* Text that may hold any bytes: a log quotes source lines. */
static json_t *text_of(const char *text)
{
	json_t *whole = json_string(text), *rest;
	char *plain;

	if (whole)
		return whole;
	plain = strdup(text);
	for (char *at = plain; at && *at; at++)
		if ((unsigned char)*at >= 0x80)
			*at = '?';
	rest = json_string(plain ? plain : "");
	free(plain);
	return rest;
}

json_t *load_instance(json_t *order)
{
	struct failure failure = { 0 };
	struct instance_order instance = { 0 };
	json_t *programs = NULL;
	char licence[64];
	int own_namespace;

	messages_forget();
	if (parse_instance(&instance, order, &failure) &&
	    enter_namespace(instance.network_namespace, &own_namespace, &failure)) {
		programs = load_and_pin(&instance, &failure);
		leave_namespace(own_namespace);
	}
	if (programs)
		return json_pack("{s:s, s:o}", "state", "loaded", "programs", programs);
	return json_pack("{s:s, s:o, s:o, s:o}", "state", "failed", "error",
			 text_of(failure.message), "messages", text_of(messages_end()), "licence",
			 instance.object && read_licence(instance.object, licence, sizeof(licence))
				 ? text_of(licence)
				 : json_null());
}
