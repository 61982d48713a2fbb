/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

#include "engine/code/code-table.h"
#include "engine/data/data.h"
#include "engine/proc/registry.h"
#include "engine/term/term-order.h"

#define HEAP_WORDS 100000

static void
no_stub (VmMachine *vm, Export *export_)
{
}

void
bif_fixture_init (BifFixture *fixture)
{
  Process   *p = &fixture->process;
  VmMachine *vm;

  memset (fixture, 0, sizeof *fixture);
  vm = &fixture->machine;
  vm->hooks = &fixture->hooks;
  vm->literals = (struct _Literals *) literals_new (vm);
  vm->atoms = atom_table_new ();
  vm->code = code_table_new (vm);
  vm->refs = ref_source_new (1);
  fixture->index = bif_index_new (vm->atoms);
  code_table_set_hooks (vm->code, no_stub, bif_index_find, fixture->index);

  p->vm = vm;
  p->id = 5;
  p->run = &fixture->run;
  fixture->run.vm = vm;
  fixture->run.scheduler = 1;
  p->fcalls = SLICE_REDUCTIONS;
  p->max_stacktrace = 8;
  p->ftrace = NIL;
  p->heap.min_size = HEAP_WORDS;
  p->heap.fullsweep_after = FULLSWEEP_DEFAULT;
  heap_init (&p->heap, vm, HEAP_WORDS);
}

void
bif_fixture_clear (BifFixture *fixture)
{
  VmMachine *vm = &fixture->machine;

  heap_clear (&fixture->process.heap);
  bif_index_free (fixture->index);
  ref_source_free (vm->refs);
  code_table_free (vm->code);
  atom_table_free (vm->atoms);
  literals_free (vm->literals);
  g_assert_cmpint (vm->memory_bytes, ==, 0);
}

Term
bif_fixture_apply (
  BifFixture *fixture, const char *module, const char *function, guint n, Term *args)
{
  AtomTable    *atoms = fixture->machine.atoms;
  Term          module_atom = atom_from_string (atoms, module);
  Term          function_atom = atom_from_string (atoms, function);
  const BifDef *def = bif_index_find (module_atom, function_atom, n, fixture->index);

  if (def == NULL)
    g_error ("no built-in function %s:%s/%u", module, function, n);
  return def->func (&fixture->process, args);
}

char *
bif_fixture_call (BifFixture *fixture, const char *module, const char *function, const char *args)
{
  static const char *classes[] = { "none:", "error:", "exit:", "throw:", "trap:" };
  Process           *p = &fixture->process;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  Term  list = term_parse (p->vm, &p->heap, args, &error);
  Term  regs[256];
  guint n = 0;
  Term  result;

  g_assert_no_error (error);
  for (; term_is_list (list); list = list_tail (list))
    regs[n++] = list_head (list);
  result = bif_fixture_apply (fixture, module, function, n, regs);
  if (result == NONE)
    {
      g_string_append (text, classes[p->exception]);
      result = p->fvalue;
    }
  term_print (p->vm, text, result, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
bif_fixture_check (const BifCase *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *answer = NULL;
      BifFixture      *fixture = g_new (BifFixture, 1);

      bif_fixture_init (fixture);
      answer = bif_fixture_call (fixture, cases[i].module, cases[i].function, cases[i].args);
      if (g_strcmp0 (answer, cases[i].expected) != 0)
        {
          g_test_message ("apply (%s, %s, %s)", cases[i].module, cases[i].function, cases[i].args);
          g_test_message ("  is   %s", answer);
          g_test_message ("  not  %s", cases[i].expected);
          g_test_fail ();
        }
      bif_fixture_clear (fixture);
      g_free (fixture);
    }
}
