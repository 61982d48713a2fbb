/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/fixture.h"

#include "engine/term/term-order.h"

#define HEAP_WORDS (1u << 24)

/* One fun a name, as the code table has it. */
static guint64
external_fun (VmMachine *vm, guint64 module, guint64 function, guint arity)
{
  Fixture  *fixture = (Fixture *) vm; /* its first field */
  FunThing *fun;
  Export   *export_;

  for (guint i = 0; i < fixture->funs->len; i++)
    {
      Term known = g_array_index (fixture->funs, Term, i);

      export_ = fun_thing (known)->entry;
      if (export_->module == module && export_->function == function && export_->arity == arity)
        return known;
    }
  fun = (FunThing *) literals_alloc (vm, FUN_WORDS);
  export_ = (Export *) literals_alloc (vm, (sizeof (Export) + 7) / 8);
  memset (export_, 0, sizeof *export_);
  export_->module = module;
  export_->function = function;
  export_->arity = arity;
  fun->header = FUN_HEADER (arity, 0) | FUN_EXTERNAL_BIT;
  fun->next = NULL;
  fun->entry = export_;
  fun->creator = fun->spare = NIL;
  export_->fun = make_boxed (&fun->header);
  g_array_append_val (fixture->funs, export_->fun);
  return export_->fun;
}

Fixture *
fixture_new (void)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->funs = g_array_new (FALSE, FALSE, sizeof (Term));
  fixture->hooks.external_fun = external_fun;
  fixture->vm.hooks = &fixture->hooks;
  fixture->vm.options.max_memory_bytes = G_MAXINT64;
  fixture->vm.atoms = atom_table_new ();
  fixture->vm.literals = literals_new (&fixture->vm);
  fixture->heap.min_size = HEAP_DEFAULT_MIN;
  fixture->heap.min_vheap_size = VHEAP_DEFAULT_MIN;
  heap_init (&fixture->heap, &fixture->vm, HEAP_WORDS);
  return fixture;
}

void
fixture_free (Fixture *fixture)
{
  g_array_free (fixture->funs, TRUE);
  heap_clear (&fixture->heap);
  literals_free (fixture->vm.literals);
  atom_table_free (fixture->vm.atoms);
  g_free (fixture);
}

Term
fixture_parse (Fixture *fixture, const char *text)
{
  GError *error = NULL;
  Term    term = term_parse (&fixture->vm, &fixture->heap, text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (term, !=, NONE);
  return term;
}

char *
fixture_print (Fixture *fixture, Term term)
{
  GString *out = g_string_new (NULL);

  term_print (&fixture->vm, out, term, 0);
  return g_string_free (out, FALSE);
}

const guint8 *
oracle_bytes (Oracle *oracle, gsize *len)
{
  const guint8 *p = (const guint8 *) oracle->data + oracle->pos;

  g_assert_cmpuint (oracle->pos + 4, <=, oracle->len);
  *len = (gsize) p[0] << 24 | (gsize) p[1] << 16 | (gsize) p[2] << 8 | p[3];
  g_assert_cmpuint (oracle->pos + 4 + *len, <=, oracle->len);
  oracle->pos += 4 + *len;
  return p + 4;
}

char *
oracle_text (Oracle *oracle)
{
  gsize         len;
  const guint8 *bytes = oracle_bytes (oracle, &len);

  return g_strndup ((const char *) bytes, len);
}

gint64
oracle_number (Oracle *oracle)
{
  char  *text = oracle_text (oracle);
  gint64 number = g_ascii_strtoll (text, NULL, 10);

  g_free (text);
  return number;
}

Term
oracle_term (Oracle *oracle, Fixture *fixture)
{
  gsize         len, used;
  const guint8 *bytes = oracle_bytes (oracle, &len);
  Term          term = etf_decode (&fixture->vm, &fixture->heap, bytes, len, false, &used);

  g_assert_cmpuint (term, !=, NONE);
  g_assert_cmpuint (used, ==, len);
  return term;
}

void
oracle_open (Oracle *oracle, const char *section)
{
  GError *error = NULL;
  gsize   len;

  oracle->pos = 0;
  g_file_get_contents (g_getenv ("TERM_ORACLE"), &oracle->data, &oracle->len, &error);
  g_assert_no_error (error);
  for (;;)
    {
      char         *name = oracle_text (oracle);
      bool          found = strcmp (name, section) == 0;
      const guint8 *body = oracle_bytes (oracle, &len);

      g_free (name);
      if (!found)
        continue;
      oracle->pos = (gsize) ((const char *) body - oracle->data);
      oracle->len = oracle->pos + len;
      return;
    }
}

void
oracle_close (Oracle *oracle)
{
  g_assert_cmpuint (oracle->pos, ==, oracle->len); /* all was used */
  g_free (oracle->data);
}
