/* SPDX-License-Identifier: Apache-2.0 */

/* Time. The native unit is the nanosecond. Monotonic time begins where ERTS's
 * does; system time is the wall clock's at the machine's start plus machine time
 * (live), or a fixed date in UTC (virtual: VIRTUAL_EPOCH_S), so that programs
 * that print dates print the same ones every time. */
#include "config.h"

#include "engine/bif/bif-util.h"
#include "engine/sched/scheduler.h"

#include <string.h>
#include <time.h>

#define NS_PER_SECOND     G_GINT64_CONSTANT (1000000000)
#define MONOTONIC_START   ERLANG_MONOTONIC_START_NS
#define SECONDS_PER_DAY   G_GINT64_CONSTANT (86400)
#define DAYS_IN_400_YEARS G_GINT64_CONSTANT (146097)

static gboolean
is_virtual (Process *p)
{
  return p->vm->options.clock == VM_CLOCK_VIRTUAL;
}

static gint64
monotonic_ns (Process *p)
{
  return MONOTONIC_START + p->vm->hooks->now_ns (p->vm, p);
}

static gint64
offset_ns (Process *p)
{
  return scheduler_set_get_epoch_ns (p->vm->schedulers) - MONOTONIC_START;
}

static gint64
system_ns (Process *p)
{
  return monotonic_ns (p) + offset_ns (p);
}

/* The clock of the world outside the machine; the machine's own if that is virtual. */
static gint64
outside_ns (Process *p)
{
  struct timespec now;

  if (is_virtual (p))
    return system_ns (p);
  clock_gettime (CLOCK_REALTIME, &now);
  return (gint64) now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

/* Parts a second of a time unit; 0: it is none. */
static gint64
unit_parts (Process *p, Term unit)
{
  static const struct
  {
    const char *name;
    gint64      parts;
  } units[] = {
    { "second", 1 },
    { "millisecond", 1000 },
    { "microsecond", 1000000 },
    { "nanosecond", NS_PER_SECOND },
    { "native", NS_PER_SECOND },
    { "perf_counter", NS_PER_SECOND },
    { "seconds", 1 },
    { "milli_seconds", 1000 },
    { "micro_seconds", 1000000 },
    { "nano_seconds", NS_PER_SECOND },
  };
  const char *name;

  if (term_is_small (unit))
    return MAX (small_value (unit), 0);
  if (!term_is_atom (unit))
    return 0;
  name = atom_name (p->vm->atoms, unit, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].name, name) == 0)
      return units[i].parts;
  return 0;
}

static Term
in_unit (Process *p, gint64 ns, Term unit)
{
  gint64   parts = unit_parts (p, unit);
  __int128 scaled;

  if (parts <= 0)
    return bif_badarg (p);
  if (NS_PER_SECOND % parts == 0)
    return integer_from_i64 (&p->heap, floor_div (ns, NS_PER_SECOND / parts));
  scaled = (__int128) ns * parts;
  return integer_from_i64 (&p->heap,
                           (gint64) (scaled / NS_PER_SECOND - (scaled % NS_PER_SECOND < 0)));
}

static Term
timestamp_of (Process *p, gint64 us)
{
  return tuple_new (&p->heap, 3, make_small (us / G_GINT64_CONSTANT (1000000000000)),
                    make_small (us / 1000000 % 1000000), make_small (us % 1000000));
}

Term
bif_erlang_monotonic_time_0 (Process *p, Term *args)
{
  return integer_from_i64 (&p->heap, monotonic_ns (p));
}

Term
bif_erlang_monotonic_time_1 (Process *p, Term *args)
{
  return in_unit (p, monotonic_ns (p), args[0]);
}

Term
bif_erlang_system_time_0 (Process *p, Term *args)
{
  return integer_from_i64 (&p->heap, system_ns (p));
}

Term
bif_erlang_system_time_1 (Process *p, Term *args)
{
  return in_unit (p, system_ns (p), args[0]);
}

Term
bif_erlang_time_offset_0 (Process *p, Term *args)
{
  return integer_from_i64 (&p->heap, offset_ns (p));
}

Term
bif_erlang_time_offset_1 (Process *p, Term *args)
{
  return in_unit (p, offset_ns (p), args[0]);
}

Term
bif_erlang_timestamp_0 (Process *p, Term *args)
{
  return timestamp_of (p, system_ns (p) / 1000);
}

/* Like timestamp/0, but never the same twice. */
Term
bif_erlang_now_0 (Process *p, Term *args)
{
  return timestamp_of (p, scheduler_set_unique_us (p->vm->schedulers, system_ns (p) / 1000));
}

Term
bif_os_timestamp_0 (Process *p, Term *args)
{
  return timestamp_of (p, outside_ns (p) / 1000);
}

Term
bif_os_system_time_0 (Process *p, Term *args)
{
  return integer_from_i64 (&p->heap, outside_ns (p));
}

Term
bif_os_system_time_1 (Process *p, Term *args)
{
  return in_unit (p, outside_ns (p), args[0]);
}

Term
bif_os_perf_counter_0 (Process *p, Term *args)
{
  return integer_from_i64 (&p->heap, p->vm->hooks->now_ns (p->vm, p));
}

Term
bif_erts_internal_time_unit_0 (Process *p, Term *args)
{
  return make_small (NS_PER_SECOND);
}

Term
bif_erts_internal_perf_counter_unit_0 (Process *p, Term *args)
{
  return make_small (NS_PER_SECOND);
}

/* --- dates ------------------------------------------------------------------- */

static Term
date_of (Process *p, const struct tm *tm)
{
  return tuple_new (&p->heap, 3, make_small (tm->tm_year + 1900), make_small (tm->tm_mon + 1),
                    make_small (tm->tm_mday));
}

static Term
time_of (Process *p, const struct tm *tm)
{
  return tuple_new (&p->heap, 3, make_small (tm->tm_hour), make_small (tm->tm_min),
                    make_small (tm->tm_sec));
}

static Term
date_time_of (Process *p, const struct tm *tm)
{
  Term date = date_of (p, tm), day_time = time_of (p, tm);

  return tuple_new (&p->heap, 2, date, day_time);
}

/* The virtual machine lives in UTC. */
static void
to_local (Process *p, gint64 seconds, struct tm *tm)
{
  time_t t = (time_t) seconds;

  if (is_virtual (p))
    gmtime_r (&t, tm);
  else
    localtime_r (&t, tm);
}

static void
local_now (Process *p, struct tm *tm)
{
  to_local (p, floor_div (outside_ns (p), NS_PER_SECOND), tm);
}

Term
bif_erlang_date_0 (Process *p, Term *args)
{
  struct tm tm;

  local_now (p, &tm);
  return date_of (p, &tm);
}

Term
bif_erlang_time_0 (Process *p, Term *args)
{
  struct tm tm;

  local_now (p, &tm);
  return time_of (p, &tm);
}

Term
bif_erlang_localtime_0 (Process *p, Term *args)
{
  struct tm tm;

  local_now (p, &tm);
  return date_time_of (p, &tm);
}

Term
bif_erlang_universaltime_0 (Process *p, Term *args)
{
  time_t    now = (time_t) floor_div (outside_ns (p), NS_PER_SECOND);
  struct tm tm;

  gmtime_r (&now, &tm);
  return date_time_of (p, &tm);
}

static gboolean
read_triple (Term t, gint64 *a, gint64 *b, gint64 *c)
{
  Term *e;

  if (!term_is_tuple_of (t, 3))
    return FALSE;
  e = tuple_elements (t);
  if (!term_is_small (e[0]) || !term_is_small (e[1]) || !term_is_small (e[2]))
    return FALSE;
  *a = small_value (e[0]);
  *b = small_value (e[1]);
  *c = small_value (e[2]);
  return TRUE;
}

static gboolean
is_leap (gint64 year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* {{Y,M,D},{H,M,S}} as a struct tm; FALSE: no such moment. */
static gboolean
read_date_time (Term t, struct tm *tm)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gint64              year, month, day, hour, minute, second;

  if (!term_is_tuple_of (t, 2) || !read_triple (tuple_elements (t)[0], &year, &month, &day) ||
      !read_triple (tuple_elements (t)[1], &hour, &minute, &second))
    return FALSE;
  if (year < 0 || year > 100000 || month < 1 || month > 12 || day < 1 ||
      day > days[month - 1] + (month == 2 && is_leap (year)) || hour < 0 || hour > 23 ||
      minute < 0 || minute > 59 || second < 0 || second > 59)
    return FALSE;
  memset (tm, 0, sizeof *tm);
  tm->tm_year = (int) year - 1900;
  tm->tm_mon = (int) month - 1;
  tm->tm_mday = (int) day;
  tm->tm_hour = (int) hour;
  tm->tm_min = (int) minute;
  tm->tm_sec = (int) second;
  return TRUE;
}

Term
bif_erlang_localtime_to_universaltime_2 (Process *p, Term *args)
{
  struct tm tm;
  time_t    t;

  if (!read_date_time (args[0], &tm) ||
      (args[1] != A (true) && args[1] != A (false) && args[1] != A (undefined)))
    return bif_badarg (p);
  tm.tm_isdst = args[1] == A (true) ? 1 : args[1] == A (false) ? 0
                                                               : -1;
  t = is_virtual (p) ? timegm (&tm) : mktime (&tm);
  gmtime_r (&t, &tm);
  return date_time_of (p, &tm);
}

Term
bif_erlang_universaltime_to_localtime_1 (Process *p, Term *args)
{
  struct tm tm;

  if (!read_date_time (args[0], &tm))
    return bif_badarg (p);
  to_local (p, timegm (&tm), &tm);
  return date_time_of (p, &tm);
}

Term
bif_erlang_universaltime_to_posixtime_1 (Process *p, Term *args)
{
  struct tm tm;

  if (!read_date_time (args[0], &tm))
    return bif_badarg (p);
  return integer_from_i64 (&p->heap, timegm (&tm));
}

/* The year and month of the day that is *@days days after 1970-01-01, and in *@days the
 * day of the month. For years that a struct tm cannot hold, too. */
static gint64
civil_year (gint64 *days, gint64 *month)
{
  /* Counted from March on, so that leap days end years, in cycles of 400 years. */
  gint64 since = *days + 719468;
  gint64 cycle = (since >= 0 ? since : since - (DAYS_IN_400_YEARS - 1)) / DAYS_IN_400_YEARS;
  gint64 day = since - cycle * DAYS_IN_400_YEARS;
  gint64 year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  gint64 of_year = day - (365 * year + year / 4 - year / 100);
  gint64 from_march = (5 * of_year + 2) / 153;

  *days = of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  return year + cycle * 400 + (*month <= 2 ? 1 : 0);
}

Term
bif_erlang_posixtime_to_universaltime_1 (Process *p, Term *args)
{
  gint64 seconds, days, of_day, month, year;
  Term   date, time;

  if (!integer_to_i64 (args[0], &seconds))
    return bif_badarg (p);
  of_day = (seconds % SECONDS_PER_DAY + SECONDS_PER_DAY) % SECONDS_PER_DAY;
  days = (seconds - of_day) / SECONDS_PER_DAY;
  year = civil_year (&days, &month);
  date = integer_from_i64 (&p->heap, year);
  date = triple_write (halloc (p, 4), date, make_small (month), make_small (days));
  time = triple_write (halloc (p, 4), make_small (of_day / 3600), make_small (of_day / 60 % 60),
                       make_small (of_day % 60));
  return pair_new (p, date, time);
}
