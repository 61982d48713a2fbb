/* SPDX-License-Identifier: Apache-2.0 */
/* Maps. */

/* Cell 1: fail offset (low), n pairs (high); then sources: key, value, … */
#define PUT_MAP(exact)                    \
  guint16 d = ARG_B;                      \
  Term    result;                         \
  SAVE ();                                \
  result = ops_put_map (p, pc, x, exact); \
  LOAD ();                                \
  if (VM_UNLIKELY (result == NONE))       \
    {                                     \
      if (CELL_OFFSET (1) != 0)           \
        JUMP (CELL_OFFSET (1));           \
      RAISE ();                           \
    }                                     \
  REG (d) = result;                       \
  NEXT (2 + 2 * (pc[1] >> 32))

/* One word more than is used is asked for, as in ERTS. */
OPCODE (new_map) /* a: destination, b: live, c: n; cell 1: tuple of keys; then n sources */
{
  guint    i, n = ARG_C;
  guint16  d = ARG_A;
  FlatMap *map;

  RESERVE (sizeof (FlatMap) / sizeof (Term) + n + 1, ARG_B);
  map = (FlatMap *) htop;
  map->header = MAP_FLAT_HEADER;
  map->size = n;
  map->keys = pc[1];
  for (i = 0; i < n; i++)
    {
      Cell cell = pc[2 + i];
      map->values[i] = SOURCE (cell);
    }
  htop = map->values + n;
  REG (d) = make_boxed ((Term *) map);
  NEXT (2 + n);
}

OPCODE (put_map_assoc) /* a: map, b: destination, c: live */
{
  PUT_MAP (false);
}

OPCODE (put_map_exact)
{
  PUT_MAP (true);
}

/* The code check leaves it to the bodies (CODE_GUARD_MAP). */
#define MUST_BE_MAP(map)                    \
  do                                        \
    {                                       \
      if (VM_UNLIKELY (!term_is_map (map))) \
        RAISE_ERROR (A (badarg));           \
    }                                       \
  while (0)

OPCODE (has_map_fields) /* a: map, fail; cell 1: n; then key sources */
{
  guint16 r = ARG_A;
  Term    map = REG (r);
  guint   i, n = (guint) pc[1];

  MUST_BE_MAP (map);
  for (i = 0; i < n; i++)
    {
      Cell cell = pc[2 + i];
      if (map_get (map, SOURCE (cell)) == NONE)
        JUMP (ARG_OFFSET);
    }
  NEXT (2 + n);
}

/* An immediate key in a flat map: a search for one word. */
static inline Term
get_map_value (Term map, Term key)
{
  if (VM_LIKELY (map_is_flat (map)) && term_is_immediate (key))
    {
      FlatMap    *flat = (FlatMap *) boxed_ptr (map);
      const Term *keys = boxed_ptr (flat->keys) + 1;
      gsize       i;

      for (i = 0; i < flat->size; i++)
        if (keys[i] == key)
          return flat->values[i];
      return NONE;
    }
  return map_get (map, key);
}

OPCODE (get_map_element) /* a: map, fail; cell 1: key source, cell 2: destination */
{
  guint16 r = ARG_A, d = (guint16) pc[2];
  Cell    cell = pc[1];
  Term    map = REG (r), value;

  MUST_BE_MAP (map);
  value = get_map_value (map, SOURCE (cell));
  if (value == NONE)
    JUMP (ARG_OFFSET);
  REG (d) = value;
  NEXT (3);
}

OPCODE (get_map_elements) /* a: map, fail; cell 1: n; then key source, destination, … */
{
  guint16 r = ARG_A;
  Term    map = REG (r);
  guint   i, n = (guint) pc[1];

  MUST_BE_MAP (map);
  for (i = 0; i < n; i++)
    {
      Cell    cell = pc[2 + 2 * i];
      guint16 d = (guint16) pc[3 + 2 * i];
      Term    value = get_map_value (map, SOURCE (cell));

      if (value == NONE)
        JUMP (ARG_OFFSET);
      REG (d) = value;
    }
  NEXT (2 + 2 * n);
}
