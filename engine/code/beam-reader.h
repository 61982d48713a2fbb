/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Shared by the parts of the .beam parser: a cursor over one chunk that never
 * leaves it, and memory that lives as long as the file. */

#include "engine/code/beam-file.h"

#define BEAM_MAX_REGISTERS 1024
#define BEAM_MAX_OPCODE    184 /* OTP 28 */

typedef struct
{
  guint32       id; /* four characters, big endian */
  const guint8 *data;
  gsize         len;
  gsize         offset; /* of the data in the (unpacked) file */
} BeamChunk;

/* A BeamFile and what it takes to make and free it. */
typedef struct
{
  BeamFile   file;
  GPtrArray *blocks; /* arena */
  guint8    *block;  /* the newest block's free part */
  gsize      block_left;
  Term      *atoms; /* index 0: NIL */
  guint      n_atoms;
  VmMachine *vm;
  GError   **error;
} BeamParse;

typedef struct
{
  BeamParse    *parse;
  const guint8 *data;
  gsize         len, pos;
  char          chunk[5];
  gsize         base; /* where data begins in the file */
} BeamReader;

/* Compact terms' tags. */
typedef enum
{
  BEAM_TAG_U,
  BEAM_TAG_I,
  BEAM_TAG_A,
  BEAM_TAG_X,
  BEAM_TAG_Y,
  BEAM_TAG_F,
  BEAM_TAG_H,
  BEAM_TAG_Z,
} BeamTag;

typedef struct
{
  BeamTag       tag;
  guint64       value; /* tag i: sign-extended */
  const guint8 *big;   /* not NULL: does not fit 64 bits; n_big bytes, big endian */
  gsize         n_big;
} CompactTerm;

/* Zeroed, aligned for any type; freed with the file. */
gpointer beam_parse_alloc (BeamParse *parse, gsize n, gsize size);

void beam_reader_init (BeamReader *reader, BeamParse *parse, const BeamChunk *chunk);
/* Sets the error: @reason is a whole clause that also says what would be
 * accepted. Always FALSE. */
bool beam_reader_fail (BeamReader *reader, gsize at, const char *reason, ...) G_GNUC_PRINTF (3, 4);
bool beam_reader_u8 (BeamReader *reader, guint8 *value);
bool beam_reader_u16 (BeamReader *reader, guint *value);
bool beam_reader_u32 (BeamReader *reader, guint32 *value);
bool beam_reader_bytes (BeamReader *reader, gsize n, const guint8 **bytes);
bool beam_reader_compact (BeamReader *reader, CompactTerm *term);
/* A count of items of at least @item_bytes each: no more than the chunk can hold. */
bool beam_reader_count (BeamReader *reader, gsize item_bytes, const char *what, guint *count);
/* An index into the file's atom table that is not 0. */
bool beam_reader_atom (BeamReader *reader, Term *atom);

/* beam-code.c: the Code chunk. */
bool beam_code_read (BeamParse *parse, const BeamChunk *chunk);
