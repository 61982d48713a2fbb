/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/process-util.h"

/* What spawn_opt and spawn_request accept. */
typedef struct
{
  SpawnOptions spawn;
  bool         has_alias;
  AliasMode    alias_mode;
  Term         monitor_tag; /* or NONE */
  Term         reply_tag;
  bool         reply_ok, reply_error;
} Options;

bool
parse_priority (Term value, Priority *priority)
{
  if (value == A (normal))
    *priority = PRIORITY_NORMAL;
  else if (value == A (low))
    *priority = PRIORITY_LOW;
  else if (value == A (high))
    *priority = PRIORITY_HIGH;
  else if (value == A (max))
    *priority = PRIORITY_MAX;
  else
    return false;
  return true;
}

Term
priority_atom (guint priority)
{
  static const Term atoms[] = { A (max), A (high), A (normal), A (low) };

  return atoms[priority];
}

static bool
parse_switch (Term value, guint32 flag, guint32 *flags)
{
  if (value == NONE)
    return true;
  if (value != A (true) && value != A (false))
    return false;
  *flags = value == A (true) ? *flags | flag : *flags & ~flag;
  return true;
}

bool
parse_max_heap_size (Term value, gsize *size, guint32 *flags)
{
  *flags = HEAP_MAX_KILL | HEAP_MAX_LOG;
  if (term_is_map (value))
    {
      if (!parse_switch (map_get (value, A (kill)), HEAP_MAX_KILL, flags) ||
          !parse_switch (map_get (value, A (error_logger)), HEAP_MAX_LOG, flags))
        return false;
      value = map_get (value, A (size));
    }
  if (!term_is_small (value) || small_value (value) < 0)
    return false;
  *size = (gsize) small_value (value);
  return *size == 0 || *size >= HEAP_DEFAULT_MIN;
}

Term
max_heap_size_term (Process *p, Heap *to, gsize size, guint32 flags)
{
  Term pairs[] = {
    A (error_logger),
    bool_term ((flags & HEAP_MAX_LOG) != 0),
    A (kill),
    bool_term ((flags & HEAP_MAX_KILL) != 0),
    A (size),
    make_small ((gint64) size),
  };

  return map_new (to, pairs, 3);
}

static bool
parse_reply (Term value, Options *options)
{
  options->reply_ok = value == A (yes) || value == A (success_only);
  options->reply_error = value == A (yes) || value == A (error_only);
  return options->reply_ok || options->reply_error || value == A (no);
}

static bool
parse_monitor_option (Term list, Options *options)
{
  for (; term_is_list (list); list = list_tail (list))
    {
      Term  option = list_head (list);
      Term *e = term_is_tuple_of (option, 2) ? tuple_elements (option) : NULL;

      if (e != NULL && e[0] == A (tag))
        options->monitor_tag = e[1];
      else if (e != NULL && e[0] == A (alias))
        {
          options->has_alias = true;
          if (e[1] == A (explicit_unalias))
            options->alias_mode = ALIAS_EXPLICIT;
          else if (e[1] == A (demonitor))
            options->alias_mode = ALIAS_DEMONITOR;
          else if (e[1] == A (reply_demonitor))
            options->alias_mode = ALIAS_REPLY_DEMONITOR;
          else
            return false;
        }
      else
        return false;
    }
  options->spawn.monitor = true;
  options->spawn.monitor_alias = options->has_alias;
  return term_is_nil (list);
}

static bool
parse_number_option (Process *p, Term key, Term value, SpawnOptions *spawn)
{
  gint64 n = term_is_small (value) ? small_value (value) : -1;

  if (n < 0)
    return false;
  if (key == A (fullsweep_after))
    spawn->fullsweep_after = (guint32) MIN (n, G_MAXUINT16);
  else if (key == A (min_heap_size))
    spawn->min_heap_size = process_min_heap_size (p->vm, (gsize) n);
  else if (key == A (min_bin_vheap_size))
    spawn->min_vheap_size = process_min_vheap_size (p->vm, (gsize) n);
  else
    return false;
  return true;
}

/* The options that make ERTS look at the sizes at all: {min_bin_vheap_size, N} without one
 * of them is read and forgotten. */
static bool
brings_sizes (Term key)
{
  return key == A (min_heap_size) || key == A (priority) || key == A (fullsweep_after) ||
         key == A (max_heap_size) || key == A (scheduler);
}

static bool
parse_pair_option (Process *p, Term key, Term value, Options *options, bool request)
{
  SpawnOptions *spawn = &options->spawn;

  if (key == A (priority))
    return parse_priority (value, &spawn->priority);
  if (key == A (max_heap_size))
    return parse_max_heap_size (value, &spawn->max_heap_size, &spawn->max_heap_flags);
  if (key == A (message_queue_data))
    {
      spawn->off_heap_queue = value == A (off_heap);
      return value == A (on_heap) || value == A (off_heap);
    }
  if (key == A (monitor))
    return parse_monitor_option (value, options);
  if (key == A (reply) && request)
    return parse_reply (value, options);
  if (key == A (reply_tag) && request)
    {
      options->reply_tag = value;
      return true;
    }
  if (key == A (scheduler))
    return term_is_small (value) && small_value (value) >= 0;
  return parse_number_option (p, key, value, spawn);
}

static bool
parse_options (Process *p, Term list, Options *options, bool request)
{
  bool has_sizes = false;

  *options = (Options){
    .monitor_tag = NONE,
    .reply_tag = A (spawn_reply),
    .reply_ok = true,
    .reply_error = true,
  };
  spawn_options_init (p->vm, &options->spawn);
  for (; term_is_list (list); list = list_tail (list))
    {
      Term option = list_head (list);

      if (option == A (link))
        options->spawn.link = true;
      else if (option == A (monitor))
        options->spawn.monitor = true;
      else if (!term_is_tuple_of (option, 2) ||
               !parse_pair_option (p, tuple_elements (option)[0], tuple_elements (option)[1],
                                   options, request))
        return false;
      else
        has_sizes |= brings_sizes (tuple_elements (option)[0]);
    }
  if (!has_sizes)
    options->spawn.min_vheap_size = process_min_vheap_size (p->vm, 0);
  return term_is_nil (list) && bif_may_hold (p, options->spawn.min_heap_size * sizeof (Term));
}

/* NONE: the limit of processes is reached. */
static Process *
spawn (Process *p, Term module, Term function, Term args, const Options *options, Term *ref)
{
  Process   *child = process_spawn (p->vm, p, module, function, args, &options->spawn, ref);
  LinkEntry *entry;
  guint32    numbers[3];

  if (child == NULL)
    {
      g_autofree char *message = g_strdup_printf (
        "processes: %u live at once, the limit of this machine", process_table_get_limit (p->vm));

      if (p->vm->hooks->limit != NULL)
        p->vm->hooks->limit (p->vm, message);
      return NULL;
    }
  if (!options->spawn.monitor)
    return child;
  ref_get_numbers (*ref, numbers);
  if (options->has_alias)
    links_add_ref (p, LINK_ALIAS, p->id, numbers)->alias_mode = options->alias_mode;
  entry = links_find_ref (p, LINK_MONITOR, numbers);
  if (options->monitor_tag != NONE && entry != NULL)
    entry->tag_fragment = term_copy_to_fragment (p->vm, options->monitor_tag, &entry->tag);
  return child;
}

static bool
is_mfa (const Term *args)
{
  return term_is_atom (args[0]) && term_is_atom (args[1]) && list_length (args[2]) >= 0;
}

static Term
spawn_plain (Process *p, const Term *args, bool link)
{
  Options  options;
  Process *child;
  VmPid    pid;

  if (!is_mfa (args))
    return bif_badarg (p);
  parse_options (p, NIL, &options, false);
  options.spawn.link = link;
  child = spawn (p, args[0], args[1], args[2], &options, NULL);
  if (child == NULL)
    return bif_error (p, A (system_limit));
  pid = child->id;
  return make_pid (pid);
}

Term
bif_spawn_3 (Process *p, Term *args)
{
  return spawn_plain (p, args, false);
}

Term
bif_spawn_link_3 (Process *p, Term *args)
{
  return spawn_plain (p, args, true);
}

Term
bif_spawn_opt_4 (Process *p, Term *args)
{
  Options  options;
  Process *child;
  Term     ref = NONE;

  if (!parse_options (p, args[3], &options, false))
    return bif_badarg_cause (p, A (badopt));
  if (!is_mfa (args))
    return bif_badarg (p);
  child = spawn (p, args[0], args[1], args[2], &options, &ref);
  if (child == NULL)
    return bif_error (p, A (system_limit));
  return options.spawn.monitor ? pair_new (p, make_pid (child->id), ref) : make_pid (child->id);
}

/* {Tag, Ref, ok | error, What} to oneself. */
static void
send_reply (Process *p, const Options *options, Term ref, Term status, Term what)
{
  bool found;

  process_send (p->vm, p, p->id, tuple_new (&p->heap, 4, options->reply_tag, ref, status, what),
                &found);
}

/* erts_internal:spawn_request(M, F, Args, Options): the reference, badarg or badopt. */
Term
bif_spawn_request_4 (Process *p, Term *args)
{
  Options  options;
  Process *child;
  guint32  numbers[3];
  Term     ref = NONE, mfa;
  bool     good;

  if (!is_mfa (args))
    return A (badarg);
  if (list_length (args[3]) < 0)
    return A (badopt);
  good = parse_options (p, args[3], &options, true);
  if (!good)
    {
      ref = fresh_ref (p, numbers, false);
      if (options.reply_error)
        send_reply (p, &options, ref, A (error), A (badopt));
      return ref;
    }
  mfa = triple_write (halloc (p, 4), args[0], args[1], args[2]);
  child = spawn (p, A (erts_internal), A (spawn_init), cons_new (p, mfa, NIL), &options, &ref);
  if (ref == NONE)
    ref = fresh_ref (p, numbers, false);
  if (child == NULL && options.reply_error)
    send_reply (p, &options, ref, A (error), A (system_limit));
  else if (child != NULL && options.reply_ok)
    send_reply (p, &options, ref, A (ok), make_pid (child->id));
  return ref;
}

/* Spawning on the own node is never under way still. */
Term
bif_spawn_request_abandon_1 (Process *p, Term *args)
{
  return term_is_ref (args[0]) ? A (false) : bif_badarg (p);
}

/* erts_internal:spawn_system_process(M, F, Args) */
Term
bif_spawn_system_process_3 (Process *p, Term *args)
{
  Options  options;
  Process *child;

  if (!is_mfa (args))
    return bif_badarg (p);
  parse_options (p, NIL, &options, false);
  options.spawn.system = true;
  child = spawn (p, args[0], args[1], args[2], &options, NULL);
  return child == NULL ? bif_error (p, A (system_limit)) : make_pid (child->id);
}
