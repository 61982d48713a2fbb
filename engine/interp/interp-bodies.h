/* SPDX-License-Identifier: Apache-2.0 */
/* All instruction bodies and the table of them; included by interp-fast.c and
 * interp-step.c, which differ in what NEXT does (see ops.h). TABLE_NAME is the
 * table's name; TABLE_ROW (name, step) chooses the body. */

#include "engine/interp/ops.h"

#include "engine/interp/bits.h"
#include "engine/interp/ops-leave.h"

#include "engine/interp/ops-bif-call.h"
#include "engine/interp/ops-control.h"
#include "engine/interp/ops-call.h"
#include "engine/interp/ops-data.h"
#include "engine/interp/ops-test.h"
#include "engine/interp/ops-bif.h"
#include "engine/interp/ops-float.h"
#include "engine/interp/ops-message.h"
#include "engine/interp/ops-exception.h"
#include "engine/interp/ops-map.h"
#include "engine/interp/ops-bits-match.h"
#include "engine/interp/ops-bits-build.h"
#include "engine/interp/ops-bits-fixed.h"
#include "engine/interp/ops-fused.h"

const OpFunc TABLE_NAME[N_INSTRUCTIONS] = {
#define INS(name, step)  [I_##name] = TABLE_ROW (name, step),
#define PART(name, step) [I_##name] = TABLE_ROW (name, step),
#include "engine/code/instructions.def"
#undef INS
#undef PART
};
