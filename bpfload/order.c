// SPDX-License-Identifier: Apache-2.0
#include "order.h"

bool parse_instance(struct instance_order *instance, json_t *value, struct failure *failure)
{
	json_t *network_namespace;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT,
			   "{s:s, s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "object",
			   &instance->object, "namespace", &network_namespace, "programPins",
			   &instance->program_pins, "mapPins", &instance->map_pins, "pinRoot",
			   &instance->pin_root, "programs", &instance->programs, "constants",
			   &instance->constants, "entries", &instance->entries, "sharedMaps",
			   &instance->shared_maps, "mapSizes", &instance->map_sizes, "background",
			   &instance->background))
		return fail(failure, "%s", error.text);
	instance->network_namespace = json_string_value(network_namespace);
	return true;
}

bool parse_program(struct program_order *program, json_t *value, struct failure *failure)
{
	json_error_t error;

	return !json_unpack_ex(value, &error, JSON_STRICT, "{s:s, s:s}", "name", &program->name,
			       "type", &program->type) ||
	       fail(failure, "%s", error.text);
}

bool parse_constant(struct constant_order *constant, json_t *value, struct failure *failure)
{
	json_error_t error;

	return !json_unpack_ex(value, &error, JSON_STRICT, "{s:s, s:s}", "name", &constant->name,
			       "bytes", &constant->bytes) ||
	       fail(failure, "%s", error.text);
}

bool parse_entry(struct entry_order *entry, json_t *value, struct failure *failure)
{
	json_error_t error;

	entry->value = entry->program = entry->inner_map = NULL;
	if (json_unpack_ex(value, &error, JSON_STRICT, "{s:s, s:s, s?s, s?s, s?s}", "map",
			   &entry->map, "key", &entry->key, "value", &entry->value, "program",
			   &entry->program, "innerMap", &entry->inner_map))
		return fail(failure, "%s", error.text);
	return entry->value || entry->program || entry->inner_map ||
	       fail(failure, "an entry of map %s has no value", entry->map);
}
