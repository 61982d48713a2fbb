/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/proc/links.h"

#include "engine/proc/process-table.h"
#include "engine/proc/signals.h"

#define LINKS_HASHED 16

static Links *
links_of (Process *p)
{
  if (p->links == NULL)
    p->links = g_new0 (Links, 1);
  return p->links;
}

static guint
hash_of (LinkKind kind, VmPid other, const guint32 *ref)
{
  guint h = kind == LINK_LINK ? other : ref[0] + ref[1] * 7 + ref[2] * 13;

  return (h + kind) * 2654435761u;
}

static bool
is_it (const LinkEntry *entry, LinkKind kind, VmPid other, const guint32 *ref)
{
  if (entry->kind != kind)
    return false;
  return kind == LINK_LINK ? entry->other == other
                           : memcmp (entry->ref, ref, sizeof entry->ref) == 0;
}

static LinkEntry *
find (Process *p, LinkKind kind, VmPid other, const guint32 *ref)
{
  Links     *links = p->links;
  LinkEntry *entry;

  if (links == NULL)
    return NULL;
  if (links->buckets != NULL)
    {
      entry = links->buckets[hash_of (kind, other, ref) & (links->n_buckets - 1)];
      while (entry != NULL && !is_it (entry, kind, other, ref))
        entry = entry->chain;
      return entry;
    }
  for (entry = links->last; entry != NULL; entry = entry->previous)
    if (is_it (entry, kind, other, ref))
      return entry;
  return NULL;
}

static void
put_in_bucket (Links *links, LinkEntry *entry)
{
  LinkEntry **bucket =
    &links->buckets[hash_of (entry->kind, entry->other, entry->ref) & (links->n_buckets - 1)];

  entry->chain = *bucket;
  *bucket = entry;
}

static void
rehash (Links *links)
{
  g_free (links->buckets);
  links->n_buckets = links->n_buckets == 0 ? 4 * LINKS_HASHED : links->n_buckets * 4;
  links->buckets = g_new0 (LinkEntry *, links->n_buckets);
  for (LinkEntry *entry = links->first; entry != NULL; entry = entry->next)
    put_in_bucket (links, entry);
}

static LinkEntry *
add (Process *p, LinkKind kind, VmPid other, const guint32 *ref)
{
  Links     *links = links_of (p);
  LinkEntry *entry = g_new0 (LinkEntry, 1);

  entry->kind = kind;
  entry->other = other;
  if (ref != NULL)
    memcpy (entry->ref, ref, sizeof entry->ref);
  entry->previous = links->last;
  if (links->last != NULL)
    links->last->next = entry;
  else
    links->first = entry;
  links->last = entry;
  links->n++;
  links->n_kind[kind]++;
  if (links->n > MAX (links->n_buckets, LINKS_HASHED))
    rehash (links);
  else if (links->buckets != NULL)
    put_in_bucket (links, entry);
  return entry;
}

LinkEntry *
links_find_link (Process *p, VmPid other)
{
  return find (p, LINK_LINK, other, NULL);
}

LinkEntry *
links_find_ref (Process *p, LinkKind kind, const guint32 *ref)
{
  return find (p, kind, VM_PID_NONE, ref);
}

LinkEntry *
links_add_link (Process *p, VmPid other)
{
  return add (p, LINK_LINK, other, NULL);
}

LinkEntry *
links_add_ref (Process *p, LinkKind kind, VmPid other, const guint32 *ref)
{
  return add (p, kind, other, ref);
}

static void
entry_free (Process *p, LinkEntry *entry)
{
  if (entry->tag_fragment != NULL)
    heap_fragment_free (p->vm, entry->tag_fragment);
  g_free (entry);
}

void
links_remove (Process *p, LinkEntry *entry)
{
  Links *links = p->links;

  if (links->buckets != NULL)
    {
      LinkEntry **at =
        &links->buckets[hash_of (entry->kind, entry->other, entry->ref) & (links->n_buckets - 1)];

      while (*at != entry)
        at = &(*at)->chain;
      *at = entry->chain;
    }
  if (entry->previous != NULL)
    entry->previous->next = entry->next;
  else
    links->first = entry->next;
  if (entry->next != NULL)
    entry->next->previous = entry->previous;
  else
    links->last = entry->previous;
  links->n--;
  links->n_kind[entry->kind]--;
  entry_free (p, entry);
}

void
links_free (Process *p)
{
  Links *links = p->links;

  if (links == NULL)
    return;
  while (links->first != NULL)
    {
      LinkEntry *entry = links->first;

      links->first = entry->next;
      entry_free (p, entry);
    }
  g_free (links->buckets);
  g_free (links);
  p->links = NULL;
}

/* --- what the running process does ----------------------------------------- */

void
process_link (Process *p, VmPid other)
{
  LinkEntry *entry;

  if (other == p->id)
    return;
  entry = links_find_link (p, other);
  if (entry != NULL && entry->unlink_id == 0)
    return;
  if (entry != NULL)
    entry->unlink_id = 0;
  else
    links_add_link (p, other);
  process_emit (p->vm, p, p->id, VM_EVENT_LINK, other, 0);
  signal_send (p->vm, other, signal_new (SIGNAL_LINK, p->id));
}

void
process_unlink (Process *p, VmPid other)
{
  LinkEntry *entry = links_find_link (p, other);
  Signal    *signal;

  if (entry == NULL || entry->unlink_id != 0)
    return;
  /* Kept until the other has answered: exit signals of the old link, still under
   * way, are told from those of a new one by that. */
  if (++p->links->last_unlink_id == 0)
    p->links->last_unlink_id = 1;
  entry->unlink_id = p->links->last_unlink_id;
  signal = signal_new (SIGNAL_UNLINK, p->id);
  signal->id = entry->unlink_id;
  process_emit (p->vm, p, p->id, VM_EVENT_UNLINK, other, 0);
  if (!signal_send (p->vm, other, signal))
    links_remove (p, entry);
}

LinkEntry *
process_monitor (Process *p, VmPid other, Term name, const guint32 *numbers, bool has_alias)
{
  LinkEntry *entry = links_add_ref (p, LINK_MONITOR, other, numbers);
  Signal    *signal = signal_new (SIGNAL_MONITOR, p->id);

  entry->name = name;
  entry->has_alias = has_alias;
  signal->ref_is_pid = has_alias;
  memcpy (signal->ref, numbers, sizeof signal->ref);
  signal->name = name;
  process_emit (p->vm, p, p->id, VM_EVENT_MONITOR, other, 0);
  signal_send (p->vm, other, signal);
  return entry;
}

bool
process_demonitor (Process *p, const guint32 *ref)
{
  LinkEntry *entry = links_find_ref (p, LINK_MONITOR, ref);
  LinkEntry *alias = links_find_ref (p, LINK_ALIAS, ref);
  Signal    *signal;
  VmPid      other;

  if (alias != NULL && alias->alias_mode != ALIAS_EXPLICIT)
    links_remove (p, alias);
  if (entry == NULL)
    return false;
  other = entry->other;
  links_remove (p, entry);
  process_emit (p->vm, p, p->id, VM_EVENT_DEMONITOR, other, 0);
  signal = signal_new (SIGNAL_DEMONITOR, p->id);
  memcpy (signal->ref, ref, sizeof signal->ref);
  signal_send (p->vm, other, signal);
  return true;
}
