/* SPDX-License-Identifier: Apache-2.0 */

/* The container and all chunks but Code. Formats: OTP, erts/emulator/beam/
 * beam_file.c and lib/compiler/src/beam_asm.erl. */

#include "config.h"

#include "engine/code/beam-reader.h"

#include "engine/data/etf-decode.h"
#include "engine/data/inflate.h"
#include "engine/term/fun-identity.h"

#define FOURCC(a, b, c, d) \
  ((guint32) (a) << 24 | (guint32) (b) << 16 | (guint32) (c) << 8 | (guint32) (d))
#define MAX_FILE_BYTES      (256u << 20)
#define MAX_LITERAL_BYTES   (256u << 20)
#define MAX_ARITY           255
#define ETF_LEADER          131
#define FUN_ROW_UNIQ_OFFSET 20 /* of old_uniq in a row of FunT */
#define FUN_ROW_BYTES       24
#define LINE_VERSION        0

/* term/ and data/ know the heads of our entries. */
G_STATIC_ASSERT (G_STRUCT_OFFSET (FunEntry, module) == G_STRUCT_OFFSET (FunIdentity, module));
G_STATIC_ASSERT (G_STRUCT_OFFSET (Module, name) == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (FunEntry, function) == G_STRUCT_OFFSET (FunIdentity, function));
G_STATIC_ASSERT (G_STRUCT_OFFSET (FunEntry, arity) == G_STRUCT_OFFSET (FunIdentity, arity));
G_STATIC_ASSERT (G_STRUCT_OFFSET (FunEntry, n_free) == G_STRUCT_OFFSET (FunIdentity, n_free));
G_STATIC_ASSERT (G_STRUCT_OFFSET (FunEntry, index) == G_STRUCT_OFFSET (FunIdentity, index));
G_STATIC_ASSERT (G_STRUCT_OFFSET (FunEntry, old_uniq) == G_STRUCT_OFFSET (FunIdentity, old_uniq));
G_STATIC_ASSERT (G_STRUCT_OFFSET (FunEntry, uniq) == G_STRUCT_OFFSET (FunIdentity, uniq));
G_STATIC_ASSERT (G_STRUCT_OFFSET (Export, function) == G_STRUCT_OFFSET (ExportIdentity, function));
G_STATIC_ASSERT (G_STRUCT_OFFSET (Export, arity) == G_STRUCT_OFFSET (ExportIdentity, arity));

typedef enum
{
  CHUNK_ATU8,
  CHUNK_CODE,
  CHUNK_STRT,
  CHUNK_IMPT,
  CHUNK_EXPT,
  CHUNK_FUNT,
  CHUNK_LITT,
  CHUNK_META,
  CHUNK_LOCT,
  CHUNK_ATTR,
  CHUNK_CINF,
  CHUNK_LINE,
  CHUNK_ATOM,
  N_CHUNKS
} ChunkIndex;

#define N_MD5_CHUNKS (CHUNK_META + 1) /* the first ones, in this order */

static const guint32 chunk_ids[N_CHUNKS] = {
  [CHUNK_ATU8] = FOURCC ('A', 't', 'U', '8'),
  [CHUNK_CODE] = FOURCC ('C', 'o', 'd', 'e'),
  [CHUNK_STRT] = FOURCC ('S', 't', 'r', 'T'),
  [CHUNK_IMPT] = FOURCC ('I', 'm', 'p', 'T'),
  [CHUNK_EXPT] = FOURCC ('E', 'x', 'p', 'T'),
  [CHUNK_FUNT] = FOURCC ('F', 'u', 'n', 'T'),
  [CHUNK_LITT] = FOURCC ('L', 'i', 't', 'T'),
  [CHUNK_META] = FOURCC ('M', 'e', 't', 'a'),
  [CHUNK_LOCT] = FOURCC ('L', 'o', 'c', 'T'),
  [CHUNK_ATTR] = FOURCC ('A', 't', 't', 'r'),
  [CHUNK_CINF] = FOURCC ('C', 'I', 'n', 'f'),
  [CHUNK_LINE] = FOURCC ('L', 'i', 'n', 'e'),
  [CHUNK_ATOM] = FOURCC ('A', 't', 'o', 'm'),
};

/* --- tables --------------------------------------------------------------- */

/* OTP 28 writes the count negative, and then lengths as compact terms. */
static bool
read_atoms (BeamParse *parse, const BeamChunk *chunk)
{
  BeamReader reader;
  guint32    raw;
  gint32     n;
  bool       long_names;

  beam_reader_init (&reader, parse, chunk);
  if (!beam_reader_u32 (&reader, &raw))
    return false;
  long_names = (gint32) raw < 0;
  n = long_names ? (gint32) (0u - raw) : (gint32) raw;
  if (n <= 0 || (gsize) n > reader.len - reader.pos)
    return beam_reader_fail (&reader, 0,
                             "a count of %d atoms; 1 to %" G_GSIZE_FORMAT " fit the chunk", n,
                             reader.len - reader.pos);
  parse->atoms = beam_parse_alloc (parse, (gsize) n + 1, sizeof (Term));
  parse->atoms[0] = NIL;
  parse->n_atoms = 1;
  for (gint32 i = 1; i <= n; i++)
    {
      gsize         at = reader.pos;
      CompactTerm   compact = { .tag = BEAM_TAG_U };
      guint8        len = 0;
      const guint8 *name;
      Term          atom;

      if (long_names ? !beam_reader_compact (&reader, &compact) : !beam_reader_u8 (&reader, &len))
        return false;
      if (compact.tag != BEAM_TAG_U || compact.big != NULL)
        return beam_reader_fail (&reader, at, "the length of atom %d is no plain number", i);
      if (!beam_reader_bytes (&reader, long_names ? compact.value : len, &name))
        return false;
      atom =
        atom_table_intern (parse->vm->atoms, (const char *) name, long_names ? compact.value : len);
      if (atom == NONE)
        return beam_reader_fail (
          &reader, at,
          "atom %d cannot be made: UTF-8 of at most 255 characters is accepted, "
          "and %d atoms in a machine",
          i, ATOM_LIMIT);
      parse->atoms[parse->n_atoms++] = atom;
    }
  parse->file.module = parse->atoms[1];
  return true;
}

static bool
read_arity (BeamReader *reader, guint *arity)
{
  gsize   at = reader->pos;
  guint32 value;

  if (!beam_reader_u32 (reader, &value))
    return false;
  if (value > MAX_ARITY)
    return beam_reader_fail (reader, at, "an arity of %u; 0 to %d are accepted", value, MAX_ARITY);
  *arity = value;
  return true;
}

static bool
read_imports (BeamParse *parse, const BeamChunk *chunk)
{
  BeamFile  *file = &parse->file;
  BeamReader reader;
  guint      n;

  beam_reader_init (&reader, parse, chunk);
  if (!beam_reader_count (&reader, 12, "imports", &n))
    return false;
  file->imports = beam_parse_alloc (parse, n, sizeof *file->imports);
  for (file->n_imports = 0; file->n_imports < n; file->n_imports++)
    {
      if (!beam_reader_atom (&reader, &file->imports[file->n_imports].module) ||
          !beam_reader_atom (&reader, &file->imports[file->n_imports].function) ||
          !read_arity (&reader, &file->imports[file->n_imports].arity))
        return false;
    }
  return true;
}

static bool
read_functions (BeamParse *parse, const BeamChunk *chunk, bool exported)
{
  BeamFile  *file = &parse->file;
  BeamReader reader;
  guint      n;

  beam_reader_init (&reader, parse, chunk);
  if (!beam_reader_count (&reader, 12, exported ? "exports" : "local functions", &n))
    return false;
  file->exports = exported ? beam_parse_alloc (parse, n, sizeof *file->exports) : file->exports;
  file->locals = exported ? file->locals : beam_parse_alloc (parse, n, sizeof *file->locals);
  for (guint i = 0; i < n; i++)
    {
      Term    function;
      guint   arity = 0;
      guint32 label;

      if (!beam_reader_atom (&reader, &function) || !read_arity (&reader, &arity) ||
          !beam_reader_u32 (&reader, &label))
        return false;
      (exported ? file->exports : file->locals)[i].function = function;
      (exported ? file->exports : file->locals)[i].arity = arity;
      (exported ? file->exports : file->locals)[i].label = label;
    }
  *(exported ? &file->n_exports : &file->n_locals) = n;
  return true;
}

static bool
read_funs (BeamParse *parse, const BeamChunk *chunk)
{
  BeamFile  *file = &parse->file;
  BeamReader reader;
  guint      n;

  beam_reader_init (&reader, parse, chunk);
  if (!beam_reader_count (&reader, FUN_ROW_BYTES, "funs", &n))
    return false;
  file->funs = beam_parse_alloc (parse, n, sizeof *file->funs);
  for (guint i = 0; i < n; i++)
    {
      gsize   at = reader.pos;
      guint32 label, index, n_free, old_uniq;

      if (!beam_reader_atom (&reader, &file->funs[i].function) ||
          !read_arity (&reader, &file->funs[i].arity) || !beam_reader_u32 (&reader, &label) ||
          !beam_reader_u32 (&reader, &index) || !beam_reader_u32 (&reader, &n_free) ||
          !beam_reader_u32 (&reader, &old_uniq))
        return false;
      if (n_free > file->funs[i].arity)
        return beam_reader_fail (
          &reader, at, "fun %u has %u free variables, but its function takes %u arguments in all",
          i, n_free, file->funs[i].arity);
      file->funs[i].label = label;
      file->funs[i].index = index;
      file->funs[i].n_free = n_free;
      file->funs[i].old_uniq = old_uniq;
    }
  file->n_funs = n;
  return true;
}

static bool
read_strings (BeamParse *parse, const BeamChunk *chunk)
{
  parse->file.strings = beam_parse_alloc (parse, chunk->len, 1);
  parse->file.strings_len = chunk->len;
  memcpy (parse->file.strings, chunk->data, chunk->len);
  return true;
}

/* --- literals ------------------------------------------------------------- */

static Term *
alloc_block (gpointer blocks, gsize words)
{
  Term *block = g_try_new (Term, words);

  if (block != NULL)
    g_ptr_array_add (blocks, block);
  return block;
}

/* Decodes into memory of its own first: the literal area wants the final size,
 * and keeps its own account of binaries. NONE: malformed, or the area is full. */
static Term
decode_literal (BeamParse *parse, const guint8 *data, gsize len)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (g_free);
  OffHeap    off_heap = { NULL, 0 };
  EtfTarget  target = { .alloc = alloc_block, .data = blocks, .off_heap = &off_heap };
  gsize      used;
  Term       term = etf_decode_into (parse->vm, &target, data, len, false, &used);

  if (term != NONE)
    term = literals_add (parse->vm, term);
  off_heap_release (parse->vm, &off_heap);
  g_ptr_array_unref (blocks);
  return term;
}

static bool
read_literal_table (BeamParse *parse, BeamReader *reader)
{
  BeamFile *file = &parse->file;
  guint     n;

  if (!beam_reader_count (reader, 4, "literals", &n))
    return false;
  file->literals = beam_parse_alloc (parse, n, sizeof (Term));
  for (guint i = 0; i < n; i++)
    {
      gsize         at = reader->pos;
      guint32       len;
      const guint8 *data;

      if (!beam_reader_u32 (reader, &len) || !beam_reader_bytes (reader, len, &data))
        return false;
      file->literals[i] = decode_literal (parse, data, len);
      if (file->literals[i] == NONE)
        return beam_reader_fail (reader, at, "literal %u is no term in external format (%d first)",
                                 i, ETF_LEADER);
    }
  file->n_literals = n;
  return true;
}

/* From OTP 28 on the size word is 0 and the table is not packed. */
static bool
read_literals (BeamParse *parse, const BeamChunk *chunk)
{
  BeamReader reader;
  BeamChunk  unpacked = *chunk;
  guint32    size;
  guint8    *table;
  bool       ok;

  beam_reader_init (&reader, parse, chunk);
  if (!beam_reader_u32 (&reader, &size))
    return false;
  if (size == 0)
    return read_literal_table (parse, &reader);
  if (size > MAX_LITERAL_BYTES)
    return beam_reader_fail (&reader, 0, "literals of %u bytes; up to %u are accepted", size,
                             MAX_LITERAL_BYTES);
  table = inflate_exact (reader.data + reader.pos, reader.len - reader.pos, size, NULL);
  if (table == NULL)
    return beam_reader_fail (&reader, 4, "this is no zlib stream of %u bytes", size);
  unpacked.data = table;
  unpacked.len = size;
  beam_reader_init (&reader, parse, &unpacked); /* offsets: as if it had not been packed */
  ok = read_literal_table (parse, &reader);
  g_free (table);
  return ok;
}

static bool
read_term (BeamParse *parse, const BeamChunk *chunk, Term *term)
{
  BeamReader reader;

  *term = NIL;
  if (chunk->len == 0)
    return true;
  beam_reader_init (&reader, parse, chunk);
  *term = decode_literal (parse, chunk->data, chunk->len);
  if (*term == NONE)
    return beam_reader_fail (&reader, 0, "this is no term in external format (%d first)",
                             ETF_LEADER);
  return true;
}

/* --- lines ---------------------------------------------------------------- */

static bool
read_line_items (BeamParse *parse, BeamReader *reader, guint n_items, guint n_names)
{
  BeamFile *file = &parse->file;
  guint     i = 1, name = 0;

  file->lines = beam_parse_alloc (parse, (gsize) n_items + 1, sizeof *file->lines);
  while (i <= n_items)
    {
      gsize       at = reader->pos;
      CompactTerm item;

      if (!beam_reader_compact (reader, &item))
        return false;
      if (item.big != NULL || (item.tag != BEAM_TAG_A && item.tag != BEAM_TAG_I))
        return beam_reader_fail (
          reader, at, "a line item with tag %d; 2 (file) and 1 (line) are accepted", item.tag);
      if (item.tag == BEAM_TAG_A)
        {
          if (item.value > n_names)
            return beam_reader_fail (reader, at, "file name %" G_GUINT64_FORMAT "; there are %u",
                                     item.value, n_names);
          name = (guint) item.value;
          continue;
        }
      if (item.value > G_MAXINT32)
        return beam_reader_fail (reader, at, "line %" G_GINT64_FORMAT "; 0 to %d are accepted",
                                 (gint64) item.value, G_MAXINT32);
      file->lines[i].file = (guint16) name;
      file->lines[i].line = (guint32) item.value;
      i++;
    }
  file->n_lines = n_items + 1;
  return true;
}

static char *
dup_in_arena (BeamParse *parse, const guint8 *bytes, gsize len)
{
  char *text = beam_parse_alloc (parse, len + 1, 1);
  memcpy (text, bytes, len);
  return text;
}

static bool
read_file_names (BeamParse *parse, BeamReader *reader, guint n)
{
  for (guint i = 1; i <= n; i++)
    {
      gsize         at = reader->pos;
      guint         len;
      const guint8 *name;

      if (!beam_reader_u16 (reader, &len) || !beam_reader_bytes (reader, len, &name))
        return false;
      if (!g_utf8_validate ((const char *) name, len, NULL))
        return beam_reader_fail (reader, at, "file name %u is not UTF-8", i);
      parse->file.files[i] = len == 0 ? parse->file.files[0] : dup_in_arena (parse, name, len);
      parse->file.n_files = i + 1;
    }
  return true;
}

/* File 0 is the module's own. A missing chunk, or one of another version, says nothing. */
static bool
read_lines (BeamParse *parse, const BeamChunk *chunk)
{
  BeamFile  *file = &parse->file;
  BeamReader reader;
  guint32    version, flags, n_instructions, n_items, n_names;
  gsize      len;
  char      *own = g_strconcat (atom_name (parse->vm->atoms, file->module, NULL), ".erl", NULL);

  beam_reader_init (&reader, parse, chunk);
  file->files = beam_parse_alloc (parse, 1, sizeof (char *));
  file->files[0] = dup_in_arena (parse, (const guint8 *) own, strlen (own));
  file->n_files = 1;
  g_free (own);
  file->lines = beam_parse_alloc (parse, 1, sizeof *file->lines);
  file->n_lines = 1;
  if (chunk->len == 0)
    return true;

  if (!beam_reader_u32 (&reader, &version))
    return false;
  if (version != LINE_VERSION)
    return true;
  if (!beam_reader_u32 (&reader, &flags) || !beam_reader_u32 (&reader, &n_instructions) ||
      !beam_reader_u32 (&reader, &n_items) || !beam_reader_u32 (&reader, &n_names))
    return false;
  len = reader.len - reader.pos;
  if (n_items > len || n_names > len / 2 || n_names >= G_MAXUINT16)
    return beam_reader_fail (&reader, reader.pos,
                             "%u lines and %u file names do not fit the chunk (%d names at most)",
                             n_items, n_names, G_MAXUINT16 - 1);
  if (n_names > 0)
    {
      char **files = beam_parse_alloc (parse, (gsize) n_names + 1, sizeof (char *));
      files[0] = file->files[0];
      file->files = files;
    }
  return read_line_items (parse, &reader, n_items, n_names) &&
         read_file_names (parse, &reader, n_names);
}

/* --- container ------------------------------------------------------------ */

static bool
find_chunks (BeamParse *parse, const guint8 *data, gsize len, BeamChunk chunks[N_CHUNKS])
{
  BeamChunk     whole = { FOURCC ('F', 'O', 'R', '1'), data, len, 0 };
  BeamReader    reader;
  guint32       id, size;
  const guint8 *bytes;

  beam_reader_init (&reader, parse, &whole);
  if (!beam_reader_u32 (&reader, &id) || !beam_reader_u32 (&reader, &size))
    return false;
  if (id != whole.id)
    return beam_reader_fail (
      &reader, 0, "this is no .beam file: FOR1, or a gzip file that holds FOR1, is accepted");
  if (size > len - 8 || size < 4)
    return beam_reader_fail (
      &reader, 4, "the file should go on for %u bytes, but %" G_GSIZE_FORMAT " are there", size,
      len - 8);
  reader.len = 8 + (gsize) size;
  if (!beam_reader_u32 (&reader, &id))
    return false;
  if (id != FOURCC ('B', 'E', 'A', 'M'))
    return beam_reader_fail (&reader, 8, "the container holds no BEAM");

  while (reader.len - reader.pos >= 8)
    {
      gsize at = reader.pos;

      if (!beam_reader_u32 (&reader, &id) || !beam_reader_u32 (&reader, &size) ||
          !beam_reader_bytes (&reader, size, &bytes))
        return false;
      for (guint i = 0; i < N_CHUNKS; i++)
        {
          if (chunk_ids[i] != id)
            continue;
          if (chunks[i].data != NULL)
            return beam_reader_fail (&reader, at, "the file has two chunks of this name: %.4s",
                                     (const char *) data + at);
          chunks[i].data = bytes;
          chunks[i].len = size;
          chunks[i].offset = at + 8;
        }
      reader.pos += MIN ((4 - size % 4) % 4, reader.len - reader.pos); /* padding */
    }
  return true;
}

static bool
check_mandatory (BeamParse *parse, BeamChunk chunks[N_CHUNKS])
{
  static const ChunkIndex mandatory[] = { CHUNK_ATU8, CHUNK_CODE, CHUNK_IMPT, CHUNK_EXPT };
  BeamReader              reader;

  if (chunks[CHUNK_ATU8].len == 0 && chunks[CHUNK_ATOM].len != 0)
    {
      beam_reader_init (&reader, parse, &chunks[CHUNK_ATOM]);
      return beam_reader_fail (&reader, 0,
                               "the file was compiled before OTP 20; OTP 24 to 28 are accepted");
    }
  for (guint i = 0; i < G_N_ELEMENTS (mandatory); i++)
    {
      if (chunks[mandatory[i]].len == 0)
        {
          beam_reader_init (&reader, parse, &chunks[mandatory[i]]);
          return beam_reader_fail (&reader, 0,
                                   "the chunk is missing or empty; every .beam file has one");
        }
    }
  return true;
}

/* The module's MD5: over the essential chunks, with the funs' uniqs as 0. */
static void
compute_md5 (BeamParse *parse, const BeamChunk chunks[N_CHUNKS])
{
  static const guint8 zero[4];
  GChecksum          *sum = g_checksum_new (G_CHECKSUM_MD5);
  gsize               digest_len = sizeof parse->file.md5;

  for (guint i = 0; i < N_MD5_CHUNKS; i++)
    {
      const BeamChunk *chunk = &chunks[i];
      gsize            pos = 0;

      for (guint k = 0; i == CHUNK_FUNT && k < parse->file.n_funs; k++)
        {
          gsize uniq = 4 + (gsize) k * FUN_ROW_BYTES + FUN_ROW_UNIQ_OFFSET;

          g_checksum_update (sum, chunk->data + pos, (gssize) (uniq - pos));
          g_checksum_update (sum, zero, sizeof zero);
          pos = uniq + sizeof zero;
        }
      if (chunk->len > pos)
        g_checksum_update (sum, chunk->data + pos, (gssize) (chunk->len - pos));
    }
  g_checksum_get_digest (sum, parse->file.md5, &digest_len);
  g_checksum_free (sum);
}

static bool
read_chunks (BeamParse *parse, const guint8 *data, gsize len)
{
  BeamChunk chunks[N_CHUNKS];

  for (guint i = 0; i < N_CHUNKS; i++)
    chunks[i] = (BeamChunk){ chunk_ids[i], NULL, 0, 0 };
  if (!find_chunks (parse, data, len, chunks) || !check_mandatory (parse, chunks) ||
      !read_atoms (parse, &chunks[CHUNK_ATU8]) || !read_imports (parse, &chunks[CHUNK_IMPT]) ||
      !read_functions (parse, &chunks[CHUNK_EXPT], true) ||
      (chunks[CHUNK_LOCT].len > 0 && !read_functions (parse, &chunks[CHUNK_LOCT], false)) ||
      (chunks[CHUNK_FUNT].len > 0 && !read_funs (parse, &chunks[CHUNK_FUNT])) ||
      !read_strings (parse, &chunks[CHUNK_STRT]) ||
      (chunks[CHUNK_LITT].len > 0 && !read_literals (parse, &chunks[CHUNK_LITT])) ||
      !read_lines (parse, &chunks[CHUNK_LINE]) || !beam_code_read (parse, &chunks[CHUNK_CODE]) ||
      !read_term (parse, &chunks[CHUNK_ATTR], &parse->file.attributes) ||
      !read_term (parse, &chunks[CHUNK_CINF], &parse->file.compile_info))
    return false;
  compute_md5 (parse, chunks);
  return true;
}

BeamFile *
beam_file_read (VmMachine *vm, const guint8 *data, gsize len, const char *path, GError **error)
{
  BeamParse *parse = g_new0 (BeamParse, 1);
  GError    *own_error = NULL;
  guint8    *unpacked = NULL;
  bool       ok = true;

  parse->vm = vm;
  parse->error = &own_error;
  parse->blocks = g_ptr_array_new_with_free_func (g_free);
  parse->file.path = g_strdup (path);
  parse->file.attributes = parse->file.compile_info = NIL;

  if (len >= 2 && data[0] == 0x1f && data[1] == 0x8b)
    {
      unpacked = inflate_gzip (data, len, MAX_FILE_BYTES, &len);
      data = unpacked;
      if (unpacked == NULL)
        {
          g_set_error (&own_error, VM_ERROR, VM_ERROR_FORMAT,
                       "%s: byte 0 of the file: a damaged gzip file, or one of more than %u bytes",
                       path, MAX_FILE_BYTES);
          ok = false;
        }
    }
  ok = ok && read_chunks (parse, data, len);
  g_free (unpacked);
  parse->error = NULL;
  if (ok)
    return &parse->file;
  g_propagate_error (error, own_error);
  beam_file_free (&parse->file);
  return NULL;
}

void
beam_file_free (BeamFile *file)
{
  BeamParse *parse = (BeamParse *) file; /* its first field */

  if (file == NULL)
    return;
  g_ptr_array_unref (parse->blocks);
  g_free (file->path);
  g_free (parse);
}
