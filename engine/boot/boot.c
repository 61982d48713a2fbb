/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/boot/boot.h"

/* There are no system processes yet: output goes through the BIFs alone. */
gboolean
boot_start (VmMachine *vm, GError **error)
{
  return TRUE;
}

Term
boot_get_group_leader (VmMachine *vm)
{
  return NONE;
}
