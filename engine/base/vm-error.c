/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/vm-error.h"

G_DEFINE_QUARK (vm - error - quark, vm_error)
