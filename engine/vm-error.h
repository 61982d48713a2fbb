/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define VM_ERROR (vm_error_quark ())

GQuark vm_error_quark (void);

typedef enum
{
  VM_ERROR_USAGE,     /* an argument is not what is accepted; the message says what is */
  VM_ERROR_NOT_FOUND, /* a file, module, function or OTP installation is missing */
  VM_ERROR_FORMAT,    /* a file is damaged or foreign: file, chunk, offset, why */
  VM_ERROR_LIMIT,     /* a limit of the machine was reached: which, and where */
  VM_ERROR_STOPPED,   /* the machine has ended; nothing more can run in it */
  VM_ERROR_SYNTAX,    /* a condition or term could not be read: where, and what would be */
} VmError;

G_END_DECLS
