/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/boot/boot.h"

#include <gio/gio.h>

#include "engine/boot/boot-resources.h"
#include "engine/code/code-table.h"
#include "engine/data/data.h"
#include "engine/proc/process-table.h"
#include "engine/proc/process.h"

#define RESOURCE_DIR "/io/github/beamlab/boot/"

static gboolean
load_module (VmMachine *vm, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_DIR, name, ".beam", NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (boot_get_resource (), path, 0, error);
  gconstpointer data;
  gsize         len;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &len);
  return code_table_load_bytes ((CodeTable *) vm->code, data, len, name, error) != NULL;
}

static VmPid
spawn_system (VmMachine *vm, const char *module)
{
  SpawnOptions options;
  Process     *process;

  spawn_options_init (vm, &options);
  options.system = true;
  process = process_spawn (vm, NULL, atom_from_string (vm->atoms, module),
                           atom_from_string (vm->atoms, "start"), NIL, &options, NULL);
  return process != NULL ? process->id : VM_PID_NONE;
}

gboolean
boot_start (VmMachine *vm, GError **error)
{
  static const char *const modules[] = { "beamlab_user", "beamlab_code", "beamlab_boot" };
  guint                    i;

  for (i = 0; i < G_N_ELEMENTS (modules); i++)
    if (!load_module (vm, modules[i], error))
      return FALSE;
  /* the group leader first: everything else inherits it */
  vm->user_pid = spawn_system (vm, "beamlab_user");
  spawn_system (vm, "beamlab_boot");
  return TRUE;
}

Term
boot_get_group_leader (VmMachine *vm)
{
  return vm->user_pid != VM_PID_NONE ? make_pid (vm->user_pid) : NONE;
}
