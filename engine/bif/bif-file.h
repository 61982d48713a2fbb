/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the two families of file functions share. */

#include "engine/bif/bif-util.h"

#include <sys/stat.h>

/* {error, enoent} and so on. */
Term file_error (Process *p, int error);
/* ok, or the error in errno when @result < 0. */
Term file_result (Process *p, int result);
/* A path as prim_file encodes it (transfer full); NULL: no binary. */
char *file_path (Term t);
/* #file_info{}; @access: 1 may be read, 2 may be written. */
Term file_info (Process *p, const struct stat *info, guint access);
