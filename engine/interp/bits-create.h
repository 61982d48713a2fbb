/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

/* Segments of bs_create_bin, as code-select.c writes them and bits-create.c reads them. */
typedef enum
{
  SEGMENT_INTEGER,
  SEGMENT_FLOAT,
  SEGMENT_BINARY,
  SEGMENT_APPEND,
  SEGMENT_PRIVATE_APPEND,
  SEGMENT_STRING,
  SEGMENT_UTF8,
  SEGMENT_UTF16,
  SEGMENT_UTF32,
} SegmentType;

typedef struct
{
  guint8  type;
  guint8  flags;
  guint16 unit;
  guint32 segment; /* its number in the source, for error texts */
} SegmentHead;
