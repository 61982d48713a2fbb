/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-step-words.h"

#include <glib/gi18n.h>

const char *
app_step_unit_to_string (VmStepUnit unit, guint n)
{
  switch (unit)
    {
    case VM_STEP_INSTRUCTION:
      return ngettext ("Step %u instruction", "Step %u instructions", n);
    case VM_STEP_LINE:
      return ngettext ("Step %u line", "Step %u lines", n);
    case VM_STEP_REDUCTION:
      return ngettext ("Step %u reduction", "Step %u reductions", n);
    case VM_STEP_SLICE:
      return ngettext ("Step %u time slice", "Step %u time slices", n);
    case VM_STEP_COLLECTION:
      return ngettext ("Next collection", "Next %u collections", n);
    case VM_STEP_MESSAGE:
    default:
      return ngettext ("Next message", "Next %u messages", n);
    }
}

const char *
app_step_view_to_string (AppLabView view)
{
  switch (view)
    {
    case APP_LAB_VIEW_VILLAGE:
      return _ ("Show the village");
    case APP_LAB_VIEW_HEAP:
      return _ ("Show the heap");
    case APP_LAB_VIEW_SCHEDULERS:
      return _ ("Show the schedulers");
    case APP_LAB_VIEW_MAILBOX:
      return _ ("Show the mailbox");
    case APP_LAB_VIEW_SOURCE:
      return _ ("Show the source");
    case APP_LAB_VIEW_COLLECTION:
      return _ ("Show the collection");
    case APP_LAB_VIEW_BINARIES:
      return _ ("Show the binaries");
    case APP_LAB_VIEW_CONSOLE:
    default:
      return _ ("Show the console");
    }
}
