"""Write a picture of a page in 256 colours: a third of the weight, and the eye sees no difference on text.

The browser that took the picture also reads its pixels, so no package of images is needed.
"""

import base64
import struct
import zlib

from playwright.sync_api import Page

READ_PIXELS = """async ([picture, most]) => {
  const image = await createImageBitmap(await (await fetch(picture)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const pixels = new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const seen = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  const palette = seen.slice(0, most);
  const parts = (c) => [c & 255, (c >> 8) & 255, (c >> 16) & 255];
  const far = (a, b) => parts(a).reduce((sum, part, i) => sum + (part - parts(b)[i]) ** 2, 0);
  const nearest = (c) => palette.reduce((best, p, i) => (far(c, p) < far(c, palette[best]) ? i : best), 0);
  const rank = new Map(seen.map((c, i) => [c, i < most ? i : nearest(c)]));
  const indexes = Uint8Array.from(pixels, (pixel) => rank.get(pixel));
  const blob = new Blob([indexes]);
  const url = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
  return [image.width, image.height, palette.flatMap(parts), url.split(",")[1]];
}"""
"""Size, palette of the most frequent colours (others go to the nearest), and the rank of each pixel in it."""

COLOURS = 256
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def lighter(page: Page, picture: bytes) -> bytes:
    """Return the PNG in 256 colours. `page` is a blank page of any browser."""
    given = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    width, height, palette, indexes = page.evaluate(READ_PIXELS, [given, COLOURS])
    return png(width, height, bytes(palette), base64.b64decode(indexes))


def png(width: int, height: int, palette: bytes, indexes: bytes) -> bytes:
    """Write a paletted PNG: `palette` is red, green, blue of each colour, `indexes` one byte per pixel."""
    lines = b"".join(b"\0" + indexes[start : start + width] for start in range(0, width * height, width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(chunk(kind, data) for kind, data in parts)


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG: length, kind, data, checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
