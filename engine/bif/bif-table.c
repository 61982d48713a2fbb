/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "engine/bif/bif.h"

const BifDef bif_table[] = {
#define BIF(module, name, arity, kind, func) { #module, name, arity, BIF_##kind, func },
#include "engine/bif/bifs.def"
#undef BIF
};

const guint n_bifs = G_N_ELEMENTS (bif_table);
