/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Making what vm-words.h hands out: copies, while all schedulers stand still, what
 * was asked for and no more. */

#include "engine/proc/process.h"
#include "engine/vm-words.h"

/* What was found out of one process's memory, for the next request. */
typedef struct _WordsIndex WordsIndex;

void words_index_free (WordsIndex *index);

/* @index: in and out; holds NULL at first.
 * Thread: the driver, all stand still. (transfer full) */
VmWords *words_make (VmMachine            *vm,
                     const VmWordsRequest *request,
                     const VmStatus       *status,
                     WordsIndex          **index);
