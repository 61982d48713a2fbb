/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/widgets/ui-console.h"
#include "ui/widgets/ui-heap-view.h"
#include "ui/widgets/ui-inspector.h"
#include "ui/widgets/ui-listing-view.h"
#include "ui/widgets/ui-schedulers-view.h"
#include "ui/widgets/ui-source-view.h"
#include "ui/widgets/ui-transport.h"
#include "ui/widgets/ui-village-view.h"
#include "ui/widgets/ui-widgets.h"
#include "ui/widgets/ui-resources.h"
#include <gtksourceview/gtksource.h>

void
ui_widgets_init (void)
{
  g_resources_register (ui_get_resource ());
  gtk_source_init ();
  g_type_ensure (UI_TYPE_CONSOLE);
  g_type_ensure (UI_TYPE_INSPECTOR);
  g_type_ensure (UI_TYPE_LISTING_VIEW);
  g_type_ensure (UI_TYPE_SOURCE_VIEW);
  g_type_ensure (UI_TYPE_TRANSPORT);
  g_type_ensure (UI_TYPE_HEAP_VIEW);
  g_type_ensure (UI_TYPE_SCHEDULERS_VIEW);
  g_type_ensure (UI_TYPE_VILLAGE_VIEW);
}
