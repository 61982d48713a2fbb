/* SPDX-License-Identifier: Apache-2.0 */

/* clang -fsanitize=fuzzer,address: any bytes as a .beam file, on a machine that
 * has atoms and literals only. */

#include "config.h"

#include "tests/engine/fixture.h"

#include "engine/code/beam-file.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Fixture  *fixture = fixture_new ();
  GError   *error = NULL;
  BeamFile *file = beam_file_read (&fixture->vm, data, size, "fuzz.beam", &error);

  g_assert_true ((file == NULL) == (error != NULL));
  beam_file_free (file);
  g_clear_error (&error);
  fixture_free (fixture);
  return 0;
}
