/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A machine with atoms, literals and one heap, and nothing else: enough for
 * terms. And what erl said about random terms (term-oracle.escript). */

#include "engine/base/hooks.h"
#include "engine/code/code.h"
#include "engine/data/data.h"

typedef struct
{
  VmMachine    vm;
  MachineHooks hooks;
  Heap         heap;
  GArray      *funs; /* literal `fun M:F/A` */
} Fixture;

Fixture *fixture_new (void);
void     fixture_free (Fixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* A term from its text; the test fails when it cannot be read. */
Term fixture_parse (Fixture *fixture, const char *text);
/* (transfer full) */
char *fixture_print (Fixture *fixture, Term term);

/* The oracle's file is a row of chunks: u32 big-endian length, bytes. */
typedef struct
{
  char *data;
  gsize len, pos;
} Oracle;

/* @section: a name the script writes before each part. */
void          oracle_open (Oracle *oracle, const char *section);
void          oracle_close (Oracle *oracle);
const guint8 *oracle_bytes (Oracle *oracle, gsize *len);
char         *oracle_text (Oracle *oracle); /* (transfer full) */
gint64        oracle_number (Oracle *oracle);
Term          oracle_term (Oracle *oracle, Fixture *fixture);
