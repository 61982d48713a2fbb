/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A mailbox as letters: the oldest first, which is the one a receive looks at
 * first. Letters that find no room are told as a number. */

#include "engine/vm-snapshot.h"
#include "ui/layout/legend.h"

G_BEGIN_DECLS

typedef struct
{
  UiRect           rect;
  guint            index;   /* from 0: oldest */
  const VmMessage *message; /* (nullable): the last card, for all that are not shown */
} UiLetter;

typedef struct
{
  UiRect   area;
  GArray  *letters; /* UiLetter */
  guint64  n_more;
  UiLabels labels;
} UiMailbox;

typedef struct
{
  const VmProcessDetail *detail;     /* (nullable); must outlive the layout */
  guint                  n_messages; /* in the whole mailbox */
  UiNameFunc             get_name;
  gpointer               name_data;
} UiMailboxInput;

UiMailbox *ui_mailbox_new (const UiMailboxInput *input, UiRect area, const UiMeasure *measure);
void       ui_mailbox_free (UiMailbox *mailbox);

/* (nullable) */
const UiLetter *ui_mailbox_hit (const UiMailbox *mailbox, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiMailbox, ui_mailbox_free)

G_END_DECLS
