/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A machine's ETS tables: which there are, their names, who owns them.
 *
 * A table is the data of a magic block (mem/offheap.h), so a table id (a magic
 * reference) keeps its memory, but not its contents: those go when the table is
 * deleted. The machine holds one count until then. A pointer found by name is
 * good until the calling scheduler's slice ends (MachineHooks.retire).
 *
 * Locks: each table has a read-write lock; the store has one for names, lists and
 * owners. A table's lock may be held when the store's is taken, never the other
 * way round. */

#include "engine/ets/table.h"

typedef struct _EtsStore EtsStore;

EtsStore *ets_store_new (VmMachine *vm);
/* Frees all tables. No process may be left. */
void ets_store_free (EtsStore *store);

/* For MachineHooks: the tables of @p go to their heirs or are deleted, its
 * fixations end. Thread: the scheduler that runs @p. */
void ets_process_exit (VmMachine *vm, Process *p);

typedef struct
{
  Term           name;
  EtsType        type;
  EtsProtection  protection;
  guint64        keypos;
  bool           is_named;
  bool           is_compressed;
  bool           read_concurrency;
  bool           decentralized; /* counters */
  EtsConcurrency write_concurrency;
  VmPid          heir; /* VM_PID_NONE: none */
  Term           heir_data;
} EtsOptions;

/* A new table of @p. NULL: there is one of that name. */
EtsTable *ets_table_new (Process *p, const EtsOptions *options);
/* A reference to @table: REF_WORDS on @p's heap. */
Term ets_table_ref (Process *p, EtsTable *table);
/* The table of a reference, deleted or not; NULL: no reference to a table. */
EtsTable *ets_table_of_ref (Term ref);
/* The table of that name, or NULL. Not locked. */
EtsTable *ets_table_find (VmMachine *vm, Term name);

typedef enum
{
  ETS_READ,  /* read lock; who may read */
  ETS_WRITE, /* write lock; who may write */
  ETS_OWNER, /* write lock; the owner alone */
  ETS_LOOK,  /* read lock; anybody: what is said of the table */
} EtsAccess;

/* Finds and locks the table @id for @p. NULL: the badarg is set, with its cause. */
EtsTable *ets_table_get (Process *p, Term id, EtsAccess access);
static inline void
ets_table_unlock (EtsTable *table)
{
  pthread_rwlock_unlock (&table->lock);
}

/* Deletes the table: its name is free, its contents are freed. The caller holds
 * its write lock, which is dropped. Returns how many objects there were. */
gint64 ets_table_delete (EtsTable *table);
/* Gives @table, write-locked, to @to, and tells it: {'ETS-TRANSFER', Tab, From,
 * Data}. FALSE: there is no such process. The lock stays. */
bool ets_table_give (Process *by, EtsTable *table, VmPid to, Term data);
/* NONE: the name is taken. The caller holds the write lock. */
bool ets_table_rename (EtsTable *table, Term name);
/* @data is copied. The caller holds the write lock. */
void ets_table_set_heir (EtsTable *table, VmPid heir, Term data);

/* Fixing: while a table is fixed, what is deleted from it keeps its place. The
 * caller holds the write lock. */
void ets_table_fix (Process *p, EtsTable *table);
void ets_table_unfix (Process *p, EtsTable *table);

/* All tables, newest first, each with a count of its own (give it back with
 * ets_table_unref()). */
GPtrArray *ets_store_list (VmMachine *vm);
void       ets_table_unref (EtsTable *table);

/* Processes that may do what owners may (for debuggers). */
void ets_set_super_user (Process *p, bool on);
