/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Made-up data of every kind that the layouts take, the same in every run. */

#include "engine/vm-recording.h"
#include "engine/vm-snapshot.h"
#include "ui/layout/heap-history.h"
#include "ui/layout/lanes.h"
#include "ui/layout/village.h"

G_BEGIN_DECLS

/* Every character is 7 px wide (titles 10), a line 16 px high. */
const UiMeasure *sample_get_measure (void);

typedef struct
{
  VmSnapshot snapshot;
  GArray    *processes;
  GArray    *edges;
  GArray    *sends;
  GPtrArray *strings;
} SampleVillage;

/* A small bank: supervisors, workers, a router, a process of the system. */
void sample_village_init_bank (SampleVillage *village);
/* A parent with @n - 1 workers, of which the snapshot lists at most @listed. */
void           sample_village_init_crowd (SampleVillage *village, guint n, guint listed);
void           sample_village_clear (SampleVillage *village);
UiVillageInput sample_village_input (const SampleVillage *village);

void sample_heap_sizes (VmHeapSizes *sizes);

typedef struct
{
  GArray            *samples;
  GArray            *folds;
  GArray            *slices;
  UiHeapHistoryInput input;
} SampleHistory;

/* A heap that fills and is collected @rounds times, every third time wholly. */
void sample_history_init (SampleHistory *history, guint rounds);
/* Binaries and waiting messages in all its samples. */
void sample_history_add_outside (SampleHistory *history);
void sample_history_clear (SampleHistory *history);

typedef struct
{
  GArray      *slices;
  GArray      *collections;
  GArray      *queues;
  GArray      *wakes;
  GArray      *pids;
  UiLanesInput input;
} SampleLanes;

/* @n slices in all of @n_pids processes on @n_schedulers. */
void sample_lanes_init (SampleLanes *lanes, guint n_schedulers, guint n_pids, guint n);
void sample_lanes_clear (SampleLanes *lanes);

const VmProcessDetail *sample_get_mailbox (void);
const char            *sample_get_name (VmPid pid, char *buffer, gsize size, gpointer data);

/* Fails when two labels lie on each other or one leaves @area. */
void sample_check_labels (const UiLabels *labels, UiRect area);

G_END_DECLS
