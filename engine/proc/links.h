/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Links, monitors and aliases of a process. Owner-thread. A short list; from
 * LINKS_HASHED entries on with an index. */

#include "engine/proc/process.h"

typedef enum
{
  LINK_LINK,         /* key: the other's pid */
  LINK_MONITOR,      /* we watch `other`; key: reference */
  LINK_MONITORED_BY, /* `other` watches us; key: reference */
  LINK_ALIAS,        /* key: reference */
} LinkKind;

typedef enum
{
  ALIAS_EXPLICIT,        /* until unalias */
  ALIAS_DEMONITOR,       /* until demonitor or 'DOWN' */
  ALIAS_REPLY_DEMONITOR, /* until the first message through it, too */
} AliasMode;

typedef struct _LinkEntry LinkEntry;
struct _LinkEntry
{
  LinkEntry    *next, *previous; /* oldest first */
  LinkEntry    *chain;
  LinkKind      kind;
  VmPid         other;
  guint32       ref[3];
  guint32       unlink_id; /* link: not 0 = unlinked, waits for the acknowledgement */
  Term          name;      /* monitored by this name, or NONE */
  AliasMode     alias_mode;
  bool          has_alias; /* monitor: its reference is an alias (4 words) */
  HeapFragment *tag_fragment;
  Term          tag; /* monitor: instead of 'DOWN', or NONE */
};

typedef struct _Links
{
  LinkEntry  *first, *last;
  guint       n;
  guint       n_kind[4];
  guint32     last_unlink_id;
  LinkEntry **buckets; /* (nullable) */
  guint       n_buckets;
} Links;

void       links_free (Process *p);
LinkEntry *links_find_link (Process *p, VmPid other);
LinkEntry *links_find_ref (Process *p, LinkKind kind, const guint32 *ref);
LinkEntry *links_add_link (Process *p, VmPid other);
LinkEntry *links_add_ref (Process *p, LinkKind kind, VmPid other, const guint32 *ref);
void       links_remove (Process *p, LinkEntry *entry);

/* link/1, unlink/1 of the running process. */
void process_link (Process *p, VmPid other);
void process_unlink (Process *p, VmPid other);
/* monitor/2,3: @name NONE or how it was called. @numbers are fresh. */
LinkEntry *
process_monitor (Process *p, VmPid other, Term name, const guint32 *numbers, bool has_alias);
/* demonitor/1: FALSE when there was none. */
bool process_demonitor (Process *p, const guint32 *ref);
