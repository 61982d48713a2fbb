/* SPDX-License-Identifier: Apache-2.0 */

/* The shortest decimal text of a float, as float_to_list (F, [short]) writes it.
 * Form: OTP 25, erts/emulator/ryu/d2s.c (to_chars). */

#include "config.h"

#include "engine/term/term-order.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_DIGITS  17
#define SAFE_DIGITS 15 /* any decimal of so many digits survives a double */

typedef struct
{
  char digits[MAX_DIGITS + 1]; /* no trailing zeros */
  int  n;
  int  exponent; /* value = digits * 10^exponent */
} Decimal;

/* The @n digits nearest to @d. TRUE when they read back as @d. */
static bool
try_digits (double d, int n, Decimal *decimal)
{
  char  text[40];
  char *e;

  g_snprintf (text, sizeof text, "%.*e", n - 1, d);
  e = strchr (text, 'e');
  decimal->digits[0] = text[0];
  memcpy (decimal->digits + 1, text + 2, (gsize) n - 1);
  decimal->digits[n] = '\0';
  decimal->n = n;
  decimal->exponent = atoi (e + 1) - (n - 1);
  return g_ascii_strtod (text, NULL) == d;
}

/* One more in the last digit. Above a power of two doubles lie twice as far
 * apart as below, so the next decimal up can read back as @d where the nearest
 * does not. */
static bool
try_next_up (double d, Decimal *decimal)
{
  char    text[40];
  Decimal up = *decimal;
  int     i = up.n - 1;

  while (i >= 0 && up.digits[i] == '9')
    up.digits[i--] = '0';
  if (i < 0)
    return false;
  up.digits[i]++;
  g_snprintf (text, sizeof text, "%se%d", up.digits, up.exponent);
  if (g_ascii_strtod (text, NULL) != d)
    return false;
  *decimal = up;
  return true;
}

static bool
is_power_of_two (double d)
{
  guint64 bits;

  memcpy (&bits, &d, sizeof bits);
  return (bits & ((G_GUINT64_CONSTANT (1) << 52) - 1)) == 0;
}

/* @d > 0. */
static void
shortest_digits (double d, Decimal *decimal)
{
  for (int n = SAFE_DIGITS; n <= MAX_DIGITS; n++)
    {
      if (try_digits (d, n, decimal) || (is_power_of_two (d) && try_next_up (d, decimal)))
        break;
    }
  while (decimal->n > 1 && decimal->digits[decimal->n - 1] == '0')
    {
      decimal->digits[--decimal->n] = '\0';
      decimal->exponent++;
    }
  /* Below the normal range fewer digits than the safe number can do. */
  if (d < 2.3e-308)
    {
      for (int n = 1; n < decimal->n; n++)
        {
          Decimal shorter;
          if (try_digits (d, n, &shorter))
            {
              *decimal = shorter;
              break;
            }
        }
    }
}

static bool
wants_scientific (const Decimal *decimal)
{
  guint64 output = g_ascii_strtoull (decimal->digits, NULL, 10);
  int     scientific_exponent = decimal->exponent + decimal->n - 1;
  int     lower = decimal->n == 1 ? -4 : -(decimal->n + 2);
  int     upper = decimal->n == 1 || scientific_exponent >= 10 ? 2 : 1;

  if (decimal->exponent < lower || decimal->exponent > upper)
    return true;
  /* From 2^53 on a plain form would look exact and is not. */
  return (output >= G_GUINT64_CONSTANT (1) << 53 && decimal->exponent == 0) ||
         (output > (G_GUINT64_CONSTANT (1) << 52) / 5 && decimal->exponent == 1) ||
         (output > (G_GUINT64_CONSTANT (1) << 51) / 25 && decimal->exponent == 2);
}

void
float_print (GString *out, double d)
{
  Decimal decimal;
  guint64 bits;
  int     whole;

  memcpy (&bits, &d, sizeof bits);
  if (bits >> 63 != 0)
    {
      g_string_append_c (out, '-');
      d = -d;
    }
  if (d == 0.0)
    {
      g_string_append (out, "0.0");
      return;
    }
  shortest_digits (d, &decimal);
  whole = decimal.n + decimal.exponent;
  if (wants_scientific (&decimal))
    {
      g_string_append_printf (out, "%c.%se%d", decimal.digits[0],
                              decimal.n > 1 ? decimal.digits + 1 : "0", whole - 1);
    }
  else if (decimal.exponent >= 0)
    {
      g_string_append (out, decimal.digits);
      for (int i = 0; i < decimal.exponent; i++)
        g_string_append_c (out, '0');
      g_string_append (out, ".0");
    }
  else if (whole > 0)
    {
      g_string_append_len (out, decimal.digits, whole);
      g_string_append_c (out, '.');
      g_string_append (out, decimal.digits + whole);
    }
  else
    {
      g_string_append (out, "0.");
      for (int i = whole; i < 0; i++)
        g_string_append_c (out, '0');
      g_string_append (out, decimal.digits);
    }
}
