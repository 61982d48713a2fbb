/* SPDX-License-Identifier: Apache-2.0 */

/* Atoms and their texts. */

#include "config.h"

#include "engine/bif/bif-util.h"
#include "engine/bif/utf8.h"

#define MAX_ATOM_CHARS 255

/* The atom of this text (valid, not too long); a full table stops the machine. */
static Term
intern (Process *p, const char *text, gsize len)
{
  Term atom = atom_table_intern (p->vm->atoms, text, len);

  if (atom != NONE)
    return atom;
  if (p->vm->hooks != NULL && p->vm->hooks->limit != NULL)
    p->vm->hooks->limit (p->vm, "no more atoms: the limit is 1048576");
  return bif_system_limit (p);
}

Term
bif_atom_to_list_1 (Process *p, Term *args)
{
  const guint8 *text;
  gsize         len, n_chars = 0;
  Term         *hp;
  Term          list = NIL;

  if (!term_is_atom (args[0]))
    return bif_badarg (p);
  text = (const guint8 *) atom_name (p->vm->atoms, args[0], &len);
  for (gsize i = 0; i < len; i++)
    n_chars += (text[i] & 0xc0) != 0x80;
  hp = halloc (p, 2 * n_chars);
  for (gsize i = len; i > 0; hp += 2)
    {
      guint32 c;
      guint   used;

      do
        i--;
      while ((text[i] & 0xc0) == 0x80);
      if (utf8_read (text + i, len - i, &c, &used) != UTF8_OK)
        c = text[i];
      list = cons_write (hp, make_small (c), list);
    }
  return list;
}

/* Writes a list of characters to @text (4 * MAX_ATOM_CHARS bytes); -1 with the
 * exception set when it is none, or is too long. */
static gssize
text_of_list (Process *p, Term list, guint8 *text)
{
  gsize n = 0;
  guint n_chars = 0;

  for (; term_is_list (list); list = list_tail (list))
    {
      Term c = list_head (list);

      if (!term_is_small (c) || !utf8_is_character ((guint64) small_value (c)))
        break;
      if (++n_chars > MAX_ATOM_CHARS)
        {
          bif_system_limit (p);
          return -1;
        }
      n += utf8_write (text + n, (guint32) small_value (c));
    }
  if (!term_is_nil (list))
    {
      bif_badarg (p);
      return -1;
    }
  return (gssize) n;
}

static Term
atom_from_list (Process *p, Term list, bool existing)
{
  guint8 text[MAX_ATOM_CHARS * 4];
  gssize len = text_of_list (p, list, text);
  Term   atom;

  if (len < 0)
    return existing ? bif_badarg (p) : NONE;
  if (!existing)
    return intern (p, (char *) text, (gsize) len);
  atom = atom_table_lookup (p->vm->atoms, (char *) text, (gsize) len);
  return atom != NONE ? atom : bif_badarg (p);
}

Term
bif_list_to_atom_1 (Process *p, Term *args)
{
  return atom_from_list (p, args[0], false);
}

Term
bif_list_to_existing_atom_1 (Process *p, Term *args)
{
  return atom_from_list (p, args[0], true);
}

Term
bif_atom_to_binary_2 (Process *p, Term *args)
{
  const guint8      *text;
  g_autofree guint8 *latin1 = NULL;
  gsize              len, n = 0;

  if (!term_is_atom (args[0]))
    return bif_badarg (p);
  text = (const guint8 *) atom_name (p->vm->atoms, args[0], &len);
  if (args[1] == A (utf8) || args[1] == A (unicode))
    return binary_new_copy (&p->heap, text, len);
  if (args[1] != A (latin1))
    return bif_badarg (p);
  latin1 = g_malloc (len + 1);
  for (gsize i = 0; i < len;)
    {
      guint32 c;
      guint   used;

      if (utf8_read (text + i, len - i, &c, &used) != UTF8_OK || c > 0xff)
        return bif_badarg (p);
      latin1[n++] = (guint8) c;
      i += used;
    }
  return binary_new_copy (&p->heap, latin1, n);
}

/* Checks and converts to UTF-8; -1: not valid. *@n_chars gets the characters. */
static gssize
to_utf8 (const guint8 *bytes, gsize n, bool is_latin1, guint8 *to, gsize *n_chars)
{
  gsize out = 0;

  *n_chars = 0;
  for (gsize i = 0; i < n; (*n_chars)++)
    {
      guint32 c = bytes[i];
      guint   used = 1;

      if (!is_latin1 && utf8_read (bytes + i, n - i, &c, &used) != UTF8_OK)
        return -1;
      i += used;
      out += utf8_write (to + out, c);
    }
  return (gssize) out;
}

static Term
atom_from_binary (Process *p, Term binary, Term encoding, bool existing)
{
  g_autofree guint8 *to_free = NULL;
  g_autofree guint8 *text = NULL;
  const guint8      *bytes;
  gsize              size, n_chars;
  gssize             len;
  Term               atom;

  if (encoding != A (latin1) && encoding != A (utf8) && encoding != A (unicode))
    return bif_badarg (p);
  bytes = binary_bytes (binary, &size, &to_free);
  if (bytes == NULL)
    return bif_badarg (p);
  text = g_malloc (size * 2 + 4);
  len = to_utf8 (bytes, size, encoding == A (latin1), text, &n_chars);
  if (len < 0)
    return bif_badarg (p);
  if (n_chars > MAX_ATOM_CHARS)
    return existing ? bif_badarg (p) : bif_system_limit (p);
  if (!existing)
    return intern (p, (char *) text, (gsize) len);
  atom = atom_table_lookup (p->vm->atoms, (char *) text, (gsize) len);
  return atom != NONE ? atom : bif_badarg (p);
}

Term
bif_binary_to_atom_2 (Process *p, Term *args)
{
  return atom_from_binary (p, args[0], args[1], false);
}

Term
bif_binary_to_existing_atom_2 (Process *p, Term *args)
{
  return atom_from_binary (p, args[0], args[1], true);
}
