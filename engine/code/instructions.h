/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Numbers of the instructions of loaded code: I_<name>. */

enum
{
#define INS(name, step)  I_##name,
#define PART(name, step) I_##name,
#include "engine/code/instructions.def"
#undef INS
#undef PART
  N_INSTRUCTIONS
};
