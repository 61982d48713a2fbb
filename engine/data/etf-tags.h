/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Tags of the external term format (OTP, erts/emulator/beam/external.h). */

enum
{
  ETF_VERSION = 131,
  ETF_COMPRESSED = 'P',
  ETF_SMALL_INTEGER = 'a',
  ETF_INTEGER = 'b',
  ETF_FLOAT_TEXT = 'c',
  ETF_ATOM_LATIN1 = 'd',
  ETF_REFERENCE = 'e',
  ETF_PORT = 'f',
  ETF_PID = 'g',
  ETF_SMALL_TUPLE = 'h',
  ETF_LARGE_TUPLE = 'i',
  ETF_NIL = 'j',
  ETF_STRING = 'k',
  ETF_LIST = 'l',
  ETF_BINARY = 'm',
  ETF_SMALL_BIG = 'n',
  ETF_LARGE_BIG = 'o',
  ETF_FUN = 'p',
  ETF_EXPORT = 'q',
  ETF_NEW_REFERENCE = 'r',
  ETF_SMALL_ATOM_LATIN1 = 's',
  ETF_MAP = 't',
  ETF_ATOM_UTF8 = 'v',
  ETF_SMALL_ATOM_UTF8 = 'w',
  ETF_V4_PORT = 'x',
  ETF_NEW_FLOAT = 'F',
  ETF_BIT_BINARY = 'M',
  ETF_NEW_PID = 'X',
  ETF_NEW_PORT = 'Y',
  ETF_NEWER_REFERENCE = 'Z',
};

#define ETF_FLOAT_TEXT_BYTES 31
#define ETF_MAX_REF_WORDS    5
