/* A table of first bytes. Asked only after the scan has failed, so that good messages pay nothing for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-recognise.h"

#include <string.h>

#define SAMPLE_SIZE 4096 /* bytes looked at for control characters */

/* The first @size bytes of a format; the last of them may be any from its value in @bytes up to @last. */
static const struct
{
  const char     *bytes;
  gsize           size;
  guint8          last;
  TsmFindingCode  code;
  const char     *name;
} formats[] = {
  { "\x1f\x8b", 2, 0x8b, TSM_FINDING_COMPRESSED, "gzip" },
  { "x\x01", 2, 0x01, TSM_FINDING_COMPRESSED, "zlib" },
  { "x\x5e", 2, 0x5e, TSM_FINDING_COMPRESSED, "zlib" },
  { "x\x9c", 2, 0x9c, TSM_FINDING_COMPRESSED, "zlib" },
  { "x\xda", 2, 0xda, TSM_FINDING_COMPRESSED, "zlib" },
  { "\x28\xb5\x2f\xfd", 4, 0xfd, TSM_FINDING_COMPRESSED, "zstd" },
  { "\x04\x22\x4d\x18", 4, 0x18, TSM_FINDING_COMPRESSED, "LZ4" },
  { "BZh", 3, 'h', TSM_FINDING_COMPRESSED, "bzip2" },
  { "\xfd" "7zXZ", 5, 'Z', TSM_FINDING_COMPRESSED, "xz" },
  { "H4sI", 4, 'I', TSM_FINDING_COMPRESSED, "gzip (Base64)" },
  { "\x80\x02", 2, 0x05, TSM_FINDING_BINARY, "pickle" },
  { "\x80", 1, 0x8f, TSM_FINDING_BINARY, "MessagePack" },
  { "\xde", 1, 0xdf, TSM_FINDING_BINARY, "MessagePack" },
  { "\xff\xfe", 2, 0xfe, TSM_FINDING_BINARY, "UTF-16" },
  { "\xfe\xff", 2, 0xff, TSM_FINDING_BINARY, "UTF-16" },
  { "{\x00", 2, 0x00, TSM_FINDING_BINARY, "UTF-16" },
  { "\x00{", 2, '{', TSM_FINDING_BINARY, "UTF-16" },
  { "{'", 2, '\'', TSM_FINDING_INVALID_JSON, "Python" },
  { "b'", 2, '\'', TSM_FINDING_INVALID_JSON, "Python" },
  { "b\"", 2, '"', TSM_FINDING_INVALID_JSON, "Python" },
};

/* A NUL anywhere, or more than one control byte in ten. */
static gboolean
is_binary (const guint8 *bytes,
           gsize         size)
{
  gsize sample = MIN (size, SAMPLE_SIZE);
  gsize controls = 0;

  if (memchr (bytes, '\0', size) != NULL)
    return TRUE;

  for (gsize i = 0; i < sample; i++)
    {
      if (bytes[i] < 0x20 && strchr ("\t\n\v\f\r\x1b", bytes[i]) == NULL)
        controls++;
    }

  return controls * 10 > sample;
}

/**
 * tsm_recognise:
 * @bytes: a message that is not JSON
 * @recognised: (out): what it is
 *
 * Returns: whether anything can be said about @bytes
 */
gboolean
tsm_recognise (const guint8  *bytes,
               gsize          size,
               TsmRecognised *recognised)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      gsize last = formats[i].size - 1;

      if (size > last
          && memcmp (bytes, formats[i].bytes, last) == 0
          && bytes[last] >= (guint8) formats[i].bytes[last]
          && bytes[last] <= formats[i].last)
        {
          *recognised = (TsmRecognised) { formats[i].code, formats[i].name };
          return TRUE;
        }
    }

  *recognised = (TsmRecognised) { TSM_FINDING_BINARY, NULL };
  return is_binary (bytes, size);
}
