/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the BIFs that raise leave in the process for the one who unwinds.
 *
 *   call                            exception   exception_flags     fvalue
 *   error(R)                        EXC_ERROR   0                   R
 *   error(R, Args), error(R, Args,  EXC_ERROR   EXCF_ARG_LIST       {R, Args}
 *     [])
 *   error(R, Args, [{error_info,I}])EXC_ERROR   EXCF_ERROR_INFO     {R, Args, I}
 *   exit(R)                         EXC_EXIT    0                   R
 *   throw(R)                        EXC_THROW   0                   R
 *   raise(Class, R, StackTrace)     of Class    EXCF_SAVED_TRACE    R
 *   any BIF's bif_error()           EXC_ERROR   EXCF_ARGS           R
 *
 * Args is a list, or the atom none (error/2,3 accept any term: what is no list
 * replaces the caller's arity as it is). It takes the place of the arity in the
 * first entry of the stack trace: the function that called error. I becomes
 * {error_info, I} in that entry's location. The trace begins at the caller of
 * error, exit, throw and raise (they are no entries), but at the BIF itself for
 * bif_error() (with its arguments).
 *
 * After raise/3, ftrace is the stack trace: a proper list of {M, F, ArityOrArgs,
 * Location} and {Fun, Args, Location}, at most max_stacktrace entries; nothing is
 * to be added. It is on the process's heap. Otherwise ftrace is NIL. */

#include "engine/proc/process.h"

enum
{
  EXCF_ARG_LIST = 1u << 3,
  EXCF_ERROR_INFO = 1u << 4,
};
