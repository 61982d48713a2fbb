/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "math", "sqrt", "[2]", "1.4142135623730951" },
  { "math", "sqrt", "[-1]", "error:badarith" },
  { "math", "pow", "[2,10]", "1024.0" },
  { "math", "log", "[0]", "error:badarith" },
  { "math", "exp", "[1000]", "error:badarith" },
  { "math", "atan2", "[1,1.0]", "0.7853981633974483" },
  { "math", "fmod", "[5,3]", "2.0" },
  { "math", "fmod", "[5,0]", "error:badarith" },
  { "math", "floor", "[1.5]", "1.0" },
  { "math", "ceil", "[-1.5]", "-1.0" },
  { "math", "sin", "[a]", "error:badarg" },
  { "math", "log2", "[8]", "3.0" },
  { "math", "log10", "[1000]", "3.0" },
  { "math", "erf", "[0.5]", "0.5204998778130465" },
  { "math", "pow", "[a,2]", "error:badarg" },
  { "math", "sqrt",
    "[100000000000000000000000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000000000000000"
    "000000000000000000000000000]",
    "error:badarith" },
};

static void
test_cases (void)
{
  bif_fixture_check (cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bif-math/as-erl", test_cases);
  return g_test_run ();
}
