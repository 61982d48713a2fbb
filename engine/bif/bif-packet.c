/* SPDX-License-Identifier: Apache-2.0 */

/* decode_packet/3: packets with a length before them, lines, and HTTP's start
 * lines and header fields. One call takes one packet off the front of a binary.
 * The words for known methods and fields, and the fields' numbers, are those of
 * inet's documentation ("HttpMethod", "HttpField"). */
#include "config.h"

#include "engine/bif/bif-util.h"

#include <string.h>

typedef enum
{
  PACKET_RAW,
  PACKET_1,
  PACKET_2,
  PACKET_4,
  PACKET_LINE,
  PACKET_HTTP,
  PACKET_HTTPH,
} PacketType;

typedef struct
{
  PacketType    type;
  bool          binaries;              /* http_bin: text comes as binaries */
  gsize         max_size, line_length; /* 0: any */
  guint8        delimiter;
  Process      *p;
  Term          data;
  const guint8 *bytes;
  gsize         n;
} Decoder;

/* A part of the text, [at, end). */
typedef struct
{
  const guint8 *at, *end;
} Text;

static gsize
text_length (Text text)
{
  return (gsize) (text.end - text.at);
}

static Term
text_term (const Decoder *d, Text text)
{
  if (d->binaries)
    return bitstring_slice (&d->p->heap, d->data, (gsize) (text.at - d->bytes) * 8,
                            text_length (text) * 8, false);
  return string_new (&d->p->heap, (const char *) text.at, (gssize) text_length (text));
}

static bool
text_is (Text text, const char *word)
{
  return text_length (text) == strlen (word) && memcmp (text.at, word, strlen (word)) == 0;
}

static bool
text_begins (Text text, const char *word)
{
  return text_length (text) >= strlen (word) &&
         g_ascii_strncasecmp ((const char *) text.at, word, strlen (word)) == 0;
}

static bool
is_blank (guint8 c)
{
  return c == ' ' || c == '\t';
}

static Text
skip_blanks (Text text)
{
  while (text.at < text.end && is_blank (*text.at))
    text.at++;
  return text;
}

/* Digits at the front. FALSE: there are none. */
static bool
take_number (Text *text, guint *value)
{
  const guint8 *begin = text->at;

  for (*value = 0; text->at < text->end && g_ascii_isdigit (*text->at); text->at++)
    *value = *value * 10 + (guint) (*text->at - '0');
  return text->at > begin;
}

/* "HTTP/1.1" at the front. */
static bool
take_version (Text *text, guint *major, guint *minor)
{
  if (text_length (*text) < 5 || memcmp (text->at, "HTTP/", 5) != 0)
    return false;
  text->at += 5;
  if (!take_number (text, major) || text->at == text->end || *text->at++ != '.')
    return false;
  return take_number (text, minor);
}

static Term
version_term (Process *p, guint major, guint minor)
{
  return pair_new (p, make_small (major), make_small (minor));
}

/* --- HTTP ---------------------------------------------------------------------- */

static Term
method_term (const Decoder *d, Text text)
{
  static const char *const methods[] = {
    "OPTIONS",
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "TRACE",
  };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (text_is (text, methods[i]))
      return atom_named (d->p, methods[i]);
  return text_term (d, text);
}

/* host[:port][/path] of scheme @scheme. */
static Term
absolute_uri (const Decoder *d, const char *scheme, Text text)
{
  static const guint8 slash[] = "/";
  const guint8       *path = memchr (text.at, '/', text_length (text));
  Text                host = { text.at, path != NULL ? path : text.end }, port;
  const guint8       *colon = memchr (host.at, ':', text_length (host));
  Term                port_term = A (undefined), path_term;
  guint               number;

  if (colon != NULL)
    {
      port = (Text){ colon + 1, host.end };
      host.end = colon;
      if (take_number (&port, &number) && port.at == port.end)
        port_term = make_small (number);
    }
  if (path != NULL)
    path_term = text_term (d, (Text){ path, text.end });
  else
    path_term =
      d->binaries ? binary_new_copy (&d->p->heap, slash, 1) : string_new (&d->p->heap, "/", 1);
  return tuple_new (&d->p->heap, 5, atom_named (d->p, "absoluteURI"), atom_named (d->p, scheme),
                    text_term (d, host), port_term, path_term);
}

static Term
uri_term (const Decoder *d, Text text)
{
  const guint8 *colon = memchr (text.at, ':', text_length (text));

  if (text_is (text, "*"))
    return atom_named (d->p, "*");
  if (text_begins (text, "/"))
    return pair_new (d->p, atom_named (d->p, "abs_path"), text_term (d, text));
  if (text_begins (text, "http://"))
    return absolute_uri (d, "http", (Text){ text.at + 7, text.end });
  if (text_begins (text, "https://"))
    return absolute_uri (d, "https", (Text){ text.at + 8, text.end });
  if (colon != NULL)
    return tuple_new (&d->p->heap, 3, atom_named (d->p, "scheme"),
                      text_term (d, (Text){ text.at, colon }),
                      text_term (d, (Text){ colon + 1, text.end }));
  return text_term (d, text);
}

/* "METHOD URI[ HTTP/1.1]"; NONE: it is not that. */
static Term
request_term (const Decoder *d, Text line)
{
  guint major = 0, minor = 9;
  Text  method = { line.at, line.at }, uri, rest;

  while (method.end < line.end && !is_blank (*method.end))
    method.end++;
  uri = skip_blanks ((Text){ method.end, line.end });
  if (text_length (method) == 0 || uri.at == method.end || uri.at == line.end)
    return NONE;
  for (rest = uri; rest.at < rest.end && !is_blank (*rest.at); rest.at++)
    ;
  uri.end = rest.at;
  rest = skip_blanks (rest);
  if (rest.at < rest.end &&
      (!take_version (&rest, &major, &minor) || skip_blanks (rest).at < rest.end))
    return NONE;
  return tuple_new (&d->p->heap, 4, atom_named (d->p, "http_request"), method_term (d, method),
                    uri_term (d, uri), version_term (d->p, major, minor));
}

/* "HTTP/1.1 200 phrase" */
static Term
response_term (const Decoder *d, Text line)
{
  guint major, minor, status;

  if (!take_version (&line, &major, &minor) || line.at == line.end || !is_blank (*line.at))
    return NONE;
  line = skip_blanks (line);
  if (!take_number (&line, &status))
    return NONE;
  line = skip_blanks (line);
  return tuple_new (&d->p->heap, 4, atom_named (d->p, "http_response"),
                    version_term (d->p, major, minor), make_small (status), text_term (d, line));
}

static const char *const fields[] = {
  /* numbered from 1 */
  "Cache-Control",
  "Connection",
  "Date",
  "Pragma",
  "Transfer-Encoding",
  "Upgrade",
  "Via",
  "Accept",
  "Accept-Charset",
  "Accept-Encoding",
  "Accept-Language",
  "Authorization",
  "From",
  "Host",
  "If-Modified-Since",
  "If-Match",
  "If-None-Match",
  "If-Range",
  "If-Unmodified-Since",
  "Max-Forwards",
  "Proxy-Authorization",
  "Range",
  "Referer",
  "User-Agent",
  "Age",
  "Location",
  "Proxy-Authenticate",
  "Public",
  "Retry-After",
  "Server",
  "Vary",
  "Warning",
  "Www-Authenticate",
  "Allow",
  "Content-Base",
  "Content-Encoding",
  "Content-Language",
  "Content-Length",
  "Content-Location",
  "Content-Md5",
  "Content-Range",
  "Content-Type",
  "Etag",
  "Expires",
  "Last-Modified",
  "Accept-Ranges",
  "Set-Cookie",
  "Set-Cookie2",
  "X-Forwarded-For",
  "Cookie",
  "Keep-Alive",
  "Proxy-Connection",
};

/* The field's atom or its name with capitals; its number in *@number. */
static Term
field_term (const Decoder *d, Text name, guint *number)
{
  gsize            n = text_length (name);
  g_autofree char *capital = g_strndup ((const char *) name.at, n);
  bool             first = true;

  for (gsize i = 0; i < n; i++)
    {
      capital[i] = first ? g_ascii_toupper (capital[i]) : g_ascii_tolower (capital[i]);
      first = capital[i] == '-';
    }
  *number = 0;
  for (guint i = 0; i < G_N_ELEMENTS (fields) && *number == 0; i++)
    if (strcmp (capital, fields[i]) == 0)
      *number = i + 1;
  if (*number != 0)
    return atom_named (d->p, capital);
  if (d->binaries)
    return binary_new_copy (&d->p->heap, (const guint8 *) capital, n);
  return string_new (&d->p->heap, capital, (gssize) n);
}

static Term
header_term (const Decoder *d, Text line)
{
  Text  name = { line.at, line.at }, value;
  Term  parts[3];
  guint number;

  while (name.end < line.end && *name.end != ':' && !is_blank (*name.end))
    name.end++;
  if (name.end == line.end || *name.end != ':')
    return NONE;
  value = skip_blanks ((Text){ name.end + 1, line.end });
  parts[0] = field_term (d, name, &number);
  parts[1] = text_term (d, name);
  parts[2] = text_term (d, value);
  return tuple_new (&d->p->heap, 5, atom_named (d->p, "http_header"), make_small (number), parts[0],
                    parts[1], parts[2]);
}

static Term
http_term (const Decoder *d, gsize n)
{
  Text whole = { d->bytes, d->bytes + n }, line = whole;
  Term term;

  line.end--;
  if (line.end > line.at && line.end[-1] == '\r')
    line.end--;
  if (d->type == PACKET_HTTPH)
    term = text_length (line) == 0 ? atom_named (d->p, "http_eoh") : header_term (d, line);
  else if (text_begins (line, "HTTP/"))
    term = response_term (d, line);
  else
    term = request_term (d, line);
  if (term == NONE)
    term = pair_new (d->p, atom_named (d->p, "http_error"), text_term (d, whole));
  return term;
}

/* --- where a packet ends ---------------------------------------------------------- */

typedef enum
{
  FOUND,
  MORE,    /* *n is the whole length, or 0: unknown */
  INVALID, /* longer than packet_size */
} Found;

static Found
find_counted (const Decoder *d, gsize head, gsize *n)
{
  guint64 size = 0;

  *n = 0;
  if (d->n < head)
    return MORE;
  for (gsize i = 0; i < head; i++)
    size = size << 8 | d->bytes[i];
  if ((d->max_size != 0 && size > d->max_size) || size > G_MAXINT32)
    return INVALID;
  *n = head + size;
  return d->n >= *n ? FOUND : MORE;
}

static Found
find_line (const Decoder *d, gsize *n)
{
  const guint8 *end = memchr (d->bytes, d->delimiter, d->n);

  *n = end != NULL ? (gsize) (end - d->bytes) + 1 : 0;
  if (d->max_size != 0 && (end != NULL ? *n > d->max_size : d->n > d->max_size))
    return INVALID;
  if (d->line_length != 0 && (end != NULL ? *n > d->line_length : d->n >= d->line_length))
    {
      *n = d->line_length; /* what fits comes as a packet of its own */
      return FOUND;
    }
  return end != NULL ? FOUND : MORE;
}

/* A header field goes on in lines that begin with a blank, so what follows its
 * line must be seen. */
static Found
find_http (const Decoder *d, gsize *n)
{
  const guint8 *at = d->bytes, *last = d->bytes + d->n, *end;

  for (;;)
    {
      end = at < last ? memchr (at, '\n', (gsize) (last - at)) : NULL;
      *n = end != NULL ? (gsize) (end - d->bytes) + 1 : 0;
      if (d->max_size != 0 && (end != NULL ? *n : d->n) > d->max_size)
        return INVALID;
      if (end == NULL)
        return MORE;
      if (d->type != PACKET_HTTPH || *n == 1 || (*n == 2 && d->bytes[0] == '\r'))
        return FOUND;
      at = end + 1;
      if (at == last)
        {
          *n = 0;
          return MORE;
        }
      if (!is_blank (*at))
        return FOUND;
    }
}

static Found
find_end (const Decoder *d, gsize *n)
{
  switch (d->type)
    {
    case PACKET_RAW:
      *n = d->n;
      return d->n > 0 ? FOUND : MORE;
    case PACKET_1:
      return find_counted (d, 1, n);
    case PACKET_2:
      return find_counted (d, 2, n);
    case PACKET_4:
      return find_counted (d, 4, n);
    case PACKET_LINE:
      return find_line (d, n);
    default:
      return find_http (d, n);
    }
}

/* --- the function --------------------------------------------------------------------- */

static bool
parse_type (Decoder *d, Term type)
{
  static const struct
  {
    const char *name;
    PacketType  type;
    bool        binaries;
  } types[] = {
    { "raw", PACKET_RAW, false },
    { "line", PACKET_LINE, false },
    { "http", PACKET_HTTP, false },
    { "http_bin", PACKET_HTTP, true },
    { "httph", PACKET_HTTPH, false },
    { "httph_bin", PACKET_HTTPH, true },
  };

  d->type = type == make_small (1) ? PACKET_1 : type == make_small (2) ? PACKET_2
                                                                       : PACKET_4;
  if (type == make_small (1) || type == make_small (2) || type == make_small (4))
    return true;
  d->type = PACKET_RAW;
  if (type == make_small (0))
    return true;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (term_is_atom (type) && strcmp (atom_name (d->p->vm->atoms, type, NULL), types[i].name) == 0)
      {
        d->type = types[i].type;
        d->binaries = types[i].binaries;
        return true;
      }
  return false;
}

static bool
parse_options (Decoder *d, Term options)
{
  guint64 value;

  for (; term_is_list (options); options = list_tail (options))
    {
      Term       *option = tuple_elements (list_head (options));
      const char *name;

      if (!term_is_tuple_of (list_head (options), 2) || !term_is_atom (option[0]) ||
          !integer_to_u64 (option[1], &value) || value > G_MAXUINT32)
        return false;
      name = atom_name (d->p->vm->atoms, option[0], NULL);
      if (strcmp (name, "packet_size") == 0)
        d->max_size = value;
      else if (strcmp (name, "line_length") == 0)
        d->line_length = value;
      else if (strcmp (name, "line_delimiter") == 0 && value < 256)
        d->delimiter = (guint8) value;
      else
        return false;
    }
  return term_is_nil (options);
}

static Term
packet_term (const Decoder *d, gsize n)
{
  gsize head = d->type == PACKET_1 ? 1 : d->type == PACKET_2 ? 2
                                       : d->type == PACKET_4 ? 4
                                                             : 0;

  if (d->type == PACKET_HTTP || d->type == PACKET_HTTPH)
    return http_term (d, n);
  return bitstring_slice (&d->p->heap, d->data, head * 8, (n - head) * 8, false);
}

/* decode_packet(Type, Binary, Options) */
Term
bif_decode_packet_3 (Process *p, Term *args)
{
  Decoder            d = { .p = p, .data = args[1], .delimiter = '\n' };
  g_autofree guint8 *to_free = NULL;
  Term               more, packet;
  BitView            view;
  gsize              n;

  if (!parse_type (&d, args[0]) || !bitstring_view (args[1], &view) || !parse_options (&d, args[2]))
    return bif_badarg (p);
  if (view.n_bits % 8 != 0) /* odd bits at the end are left out */
    d.data = bitstring_slice (&p->heap, args[1], 0, view.n_bits - view.n_bits % 8, false);
  d.bytes = binary_bytes (d.data, &d.n, &to_free);
  switch (find_end (&d, &n))
    {
    case MORE:
      more = n == 0 ? A (undefined) : make_small ((gint64) n);
      return pair_new (p, atom_named (p, "more"), more);
    case INVALID:
      return pair_new (p, A (error), atom_named (p, "invalid"));
    default:
      break;
    }
  packet = packet_term (&d, n);
  return tuple_new (&p->heap, 3, A (ok), packet,
                    bitstring_slice (&p->heap, d.data, n * 8, (d.n - n) * 8, false));
}
