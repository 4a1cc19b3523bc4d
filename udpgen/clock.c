// SPDX-License-Identifier: Apache-2.0
#include "clock.h"

uint64_t clock_origin_ns;
