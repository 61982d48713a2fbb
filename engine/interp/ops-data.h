/* SPDX-License-Identifier: Apache-2.0 */
/* Moving and building data. Room on the heap was reserved before (test_heap):
 * these bump htop and never collect.
 *
 * Suffixes name operand kinds: x register, y slot, r any register, c constant. */

OPCODE (move_xx)
{
  x[ARG_B] = x[ARG_A];
  NEXT (1);
}

OPCODE (move_xy)
{
  stop[ARG_B] = x[ARG_A];
  NEXT (1);
}

OPCODE (move_yx)
{
  x[ARG_B] = stop[ARG_A];
  NEXT (1);
}

OPCODE (part_cx) /* b: scratch register; cell 1: the constant */
{
  x[ARG_B] = pc[1];
  NEXT (2);
}

OPCODE (part_yx)
{
  x[ARG_B] = stop[ARG_A];
  NEXT (1);
}

/* What could not be proved of an operand when the code was loaded (code-check.h). */
#define PART_GUARD(name, condition)     \
  OPCODE (name) /* a: register, b: n */ \
  {                                     \
    guint16 r = ARG_A;                  \
    Term    v = REG (r);                \
    if (VM_UNLIKELY (!(condition)))     \
      RAISE_ERROR (A (badarg));         \
    NEXT (1);                           \
  }

PART_GUARD (part_is_cons, term_is_list (v))
PART_GUARD (part_is_tuple, term_is_tuple (v) && tuple_arity (v) >= ARG_B)
PART_GUARD (part_has_arity, term_is_tuple (v) && tuple_arity (v) == ARG_B)
PART_GUARD (part_is_context, term_is_match_context (v))

#undef PART_GUARD

OPCODE (move_yy)
{
  stop[ARG_B] = stop[ARG_A];
  NEXT (1);
}

OPCODE (move_cx)
{
  x[ARG_B] = pc[1];
  NEXT (2);
}

OPCODE (move_cy)
{
  stop[ARG_B] = pc[1];
  NEXT (2);
}

OPCODE (swap_xy)
{
  Term t = x[ARG_A];

  x[ARG_A] = stop[ARG_B];
  stop[ARG_B] = t;
  NEXT (1);
}

OPCODE (swap_rr)
{
  guint16 a = ARG_A, b = ARG_B;
  Term    t = REG (a);

  REG (a) = REG (b);
  REG (b) = t;
  NEXT (1);
}

OPCODE (get_list_xxx)
{
  Term *cell = list_ptr (x[ARG_A]);
  Term  tail = cell[1];

  x[ARG_B] = cell[0];
  x[ARG_C] = tail;
  NEXT (1);
}

OPCODE (get_list_xxy)
{
  Term *cell = list_ptr (x[ARG_A]);
  Term  tail = cell[1];

  x[ARG_B] = cell[0];
  stop[ARG_C] = tail;
  NEXT (1);
}

OPCODE (get_list_xyy)
{
  Term *cell = list_ptr (x[ARG_A]);

  stop[ARG_B] = cell[0];
  stop[ARG_C] = cell[1];
  NEXT (1);
}

OPCODE (get_list_rrr)
{
  guint16 a = ARG_A, b = ARG_B, c = ARG_C;
  Term   *cell = list_ptr (REG (a));
  Term    tail = cell[1];

  REG (b) = cell[0];
  REG (c) = tail;
  NEXT (1);
}

OPCODE (get_hd_rr)
{
  guint16 a = ARG_A, b = ARG_B;

  REG (b) = list_head (REG (a));
  NEXT (1);
}

OPCODE (get_tl_rr)
{
  guint16 a = ARG_A, b = ARG_B;

  REG (b) = list_tail (REG (a));
  NEXT (1);
}

OPCODE (get_hd_xx)
{
  x[ARG_B] = list_head (x[ARG_A]);
  NEXT (1);
}

OPCODE (get_tl_xx)
{
  x[ARG_B] = list_tail (x[ARG_A]);
  NEXT (1);
}

OPCODE (get_tuple_element_xx) /* c: index in words from the header */
{
  x[ARG_B] = boxed_ptr (x[ARG_A])[ARG_C];
  NEXT (1);
}

OPCODE (get_tuple_element_rr)
{
  guint16 a = ARG_A, b = ARG_B;

  REG (b) = boxed_ptr (REG (a))[ARG_C];
  NEXT (1);
}

OPCODE (set_tuple_element) /* a: value, b: tuple, c: index from the header */
{
  guint16 a = ARG_A, b = ARG_B;

  boxed_ptr (REG (b))[ARG_C] = REG (a);
  NEXT (1);
}

#define PUT_LIST(head, tail) \
  do                         \
    {                        \
      htop[0] = (head);      \
      htop[1] = (tail);      \
    }                        \
  while (0)
#define PUT_LIST_TO(d)        \
  REG (d) = make_list (htop); \
  htop += 2

OPCODE (put_list_xxx)
{
  PUT_LIST (x[ARG_A], x[ARG_B]);
  x[ARG_C] = make_list (htop);
  htop += 2;
  NEXT (1);
}

OPCODE (put_list_yxx)
{
  PUT_LIST (stop[ARG_A], x[ARG_B]);
  x[ARG_C] = make_list (htop);
  htop += 2;
  NEXT (1);
}

OPCODE (put_list_rrr)
{
  guint16 a = ARG_A, b = ARG_B, c = ARG_C;

  PUT_LIST (REG (a), REG (b));
  PUT_LIST_TO (c);
  NEXT (1);
}

OPCODE (put_list_crr)
{
  guint16 b = ARG_B, c = ARG_C;

  PUT_LIST (pc[1], REG (b));
  PUT_LIST_TO (c);
  NEXT (2);
}

OPCODE (put_list_rcr)
{
  guint16 a = ARG_A, c = ARG_C;

  PUT_LIST (REG (a), pc[1]);
  PUT_LIST_TO (c);
  NEXT (2);
}

/* Sources of many-operand instructions stand one a cell: a tagged constant, or a
 * register as number << 6 (primary tag 00, which no constant has). */
#define SOURCE(cell) (((cell) &TAG_MASK) != 0 ? (Term) (cell) : REG ((guint16) ((cell) >> 6)))

OPCODE (put_tuple) /* a: n, b: destination; n source cells */
{
  guint   i, n = ARG_A;
  guint16 d = ARG_B;

  htop[0] = TUPLE_HEADER (n);
  for (i = 1; i <= n; i++)
    {
      Cell cell = pc[i];
      htop[i] = SOURCE (cell);
    }
  REG (d) = make_boxed (htop);
  htop += n + 1;
  NEXT (n + 1);
}

OPCODE (put_tuple_2)
{
  Cell    c1 = pc[1], c2 = pc[2];
  guint16 d = ARG_B;

  htop[0] = TUPLE_HEADER (2);
  htop[1] = SOURCE (c1);
  htop[2] = SOURCE (c2);
  REG (d) = make_boxed (htop);
  htop += 3;
  NEXT (3);
}

OPCODE (put_tuple_3)
{
  Cell    c1 = pc[1], c2 = pc[2], c3 = pc[3];
  guint16 d = ARG_B;

  htop[0] = TUPLE_HEADER (3);
  htop[1] = SOURCE (c1);
  htop[2] = SOURCE (c2);
  htop[3] = SOURCE (c3);
  REG (d) = make_boxed (htop);
  htop += 4;
  NEXT (4);
}

OPCODE (make_fun) /* a: n_free, b: destination; cell 1: FunEntry; then sources */
{
  FunThing *thing = (FunThing *) htop;
  FunEntry *entry = (FunEntry *) pc[1];
  guint     i, n = ARG_A;
  guint16   d = ARG_B;

  thing->header = FUN_HEADER (entry->arity, n);
  thing->next = p->heap.off_heap.first;
  thing->entry = entry;
  thing->creator = process_pid (p);
  thing->spare = NIL;
  for (i = 0; i < n; i++)
    {
      Cell cell = pc[2 + i];
      thing->env[i] = SOURCE (cell);
    }
  p->heap.off_heap.first = &thing->header;
  REG (d) = make_boxed (htop);
  htop += FUN_WORDS + n;
  NEXT (2 + n);
}

OPCODE (update_record) /* a: size, b: source, c: destination; cell 1: n << 1 | reuse; then index,
                          source pairs */
{
  guint   size = ARG_A, i, n = (guint) (pc[1] >> 1);
  guint16 b = ARG_B, d = ARG_C;
  Term    source = REG (b);
  bool    same = (pc[1] & 1) != 0;

  for (i = 0; same && i < n; i++)
    {
      Cell cell = pc[3 + 2 * i];
      same = SOURCE (cell) == boxed_ptr (source)[pc[2 + 2 * i]];
    }
  if (!same)
    {
      memcpy (htop, boxed_ptr (source), (size + 1) * sizeof (Term));
      for (i = 0; i < n; i++)
        {
          Cell cell = pc[3 + 2 * i];
          htop[pc[2 + 2 * i]] = SOURCE (cell);
        }
      source = make_boxed (htop);
      htop += size + 1;
    }
  REG (d) = source;
  NEXT (2 + 2 * n);
}
