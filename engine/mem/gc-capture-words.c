/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/mem/gc-capture.h"
#include "engine/mem/gc-private.h"
#include "engine/term/term-order.h"
#include "engine/vm-words.h"

#define TEXT_CHARS 24

/* (transfer none): @term as ~w has it, cut. Only of what refers to nothing else. */
static const char *
print (const GcWordWriter *writer, Term term)
{
  g_autoptr (GString) out = g_string_new (NULL);

  term_print (writer->vm, out, term, TEXT_CHARS);
  if (g_utf8_strlen (out->str, -1) > TEXT_CHARS)
    {
      g_string_truncate (out,
                         (gsize) (g_utf8_offset_to_pointer (out->str, TEXT_CHARS - 1) - out->str));
      g_string_append (out, "…");
    }
  return g_string_chunk_insert_const (writer->strings, out->str);
}

static const char *
print_kind (const GcWordWriter *writer, const char *format, guint64 n)
{
  char text[64];

  g_snprintf (text, sizeof text, format, n);
  return g_string_chunk_insert_const (writer->strings, text);
}

static const char *
print_value (const GcWordWriter *writer, const char *kind, const Term *thing)
{
  char text[128];

  g_snprintf (text, sizeof text, "%s %s", kind, print (writer, make_boxed (thing)));
  return g_string_chunk_insert_const (writer->strings, text);
}

static const char *
print_thing (const GcWordWriter *writer, const Term *thing)
{
  Term h = *thing;

  switch (header_subtag (h))
    {
    case SUB_TUPLE:
      return print_kind (writer, "tuple of %" G_GUINT64_FORMAT, thing_arity (h));
    case SUB_FUN:
      return print_kind (writer, "fun of arity %" G_GUINT64_FORMAT, fun_arity (make_boxed (thing)));
    case SUB_PROC_BIN:
      return print_kind (writer, "reference to %" G_GUINT64_FORMAT " bytes off heap",
                         ((const ProcBin *) thing)->size);
    case SUB_HEAP_BIN:
      return print_kind (writer, "binary of %" G_GUINT64_FORMAT " bytes",
                         ((const HeapBin *) thing)->size);
    case SUB_SUB_BIN:
      return print_kind (writer, "slice of %" G_GUINT64_FORMAT " bytes",
                         ((const SubBin *) thing)->size);
    case SUB_MATCH_CONTEXT:
      return "match context";
    case SUB_MAP:
      return map_kind (h) == MAP_KIND_NODE
               ? "node of a map"
               : print_kind (writer, "map of %" G_GUINT64_FORMAT, thing[1]);
    case SUB_REF:
      return "reference";
    case SUB_FLOAT:
      return print_value (writer, "float", thing);
    case SUB_POS_BIG:
    case SUB_NEG_BIG:
      return print_value (writer, "integer", thing);
    default:
      return "identifier of another node";
    }
}

void
gc_word_write_slot (const GcWordWriter *writer, const Term *slot, VmGcWord *word)
{
  Term t = *slot;

  memset (word, 0, sizeof *word);
  if (t == NONE)
    {
      word->tag = VM_WORD_RAW;
      word->text = "";
    }
  else if (term_is_header (t))
    {
      word->tag = VM_WORD_RETURN;
      word->text = "return address";
    }
  else if (term_is_list (t) || term_is_boxed (t))
    {
      const Term *p = (const Term *) (t & ~(Term) TAG_MASK);

      word->tag = term_is_list (t) ? VM_WORD_CONS : VM_WORD_BOXED;
      word->space = (guint8) writer->place_of (writer->data, p, &word->target);
      word->text = word->space == VM_SPACE_LITERAL || word->space == VM_SPACE_NONE
                     ? print (writer, t)
                   : term_is_list (t) ? "list cell"
                                      : print_thing (writer, p);
    }
  else if (term_is_catch (t))
    {
      word->tag = VM_WORD_CATCH;
      word->text = "catch";
    }
  else
    {
      word->tag = term_is_small (t)  ? VM_WORD_SMALL
                  : term_is_pid (t)  ? VM_WORD_PID
                  : term_is_port (t) ? VM_WORD_PORT
                  : term_is_nil (t)  ? VM_WORD_NIL
                                     : VM_WORD_ATOM;
      word->text = print (writer, t);
    }
}

void
gc_words_write (
  const GcWordWriter *writer, const Term *from, const Term *end, guint n, VmGcWord *words)
{
  const Term *at = from;

  while (at < end && (gsize) (at - from) < n)
    {
      VmGcWord *word = words + (at - from);
      Term     *slots = NULL;
      gsize     size, n_slots;

      if (!term_is_header (*at) || *at == NONE)
        {
          gc_word_write_slot (writer, at++, word);
          continue;
        }
      size = boxed_words (at);
      n_slots = thing_slots ((Term *) at, &slots);
      *word = (VmGcWord){ VM_WORD_HEADER, VM_SPACE_NONE, (guint32) size, print_thing (writer, at) };
      for (gsize i = 1; i < size && (gsize) (at + i - from) < n; i++)
        if (slots != NULL && at + i >= slots && at + i < slots + n_slots)
          gc_word_write_slot (writer, at + i, word + i);
        else
          word[i] = (VmGcWord){ .tag = VM_WORD_RAW };
      at += size;
    }
}
