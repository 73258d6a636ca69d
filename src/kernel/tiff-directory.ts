/** Reads `length` bytes at `position`; fewer at the end of the file. */
export interface ByteSource {
  readonly size: number;
  read(position: number, length: number): Uint8Array;
}

/** The first image file directory of a TIFF (TIFF 6.0 §2; BigTIFF). Null where a tag is absent. */
export interface TiffDirectory {
  readonly bitsPerSample: number | null;
  readonly compression: number | null;
  readonly orientation: number | null;
  readonly hasExif: boolean;
  /** First byte after everything the directory points to: tag values, strips and tiles. */
  readonly end: number;
}

const BITS_PER_SAMPLE = 258;
const COMPRESSION = 259;
const ORIENTATION = 274;
const MAKE = 271;
const EXIF = 34665;
const GPS = 34853;
const STRIP_OFFSETS = 273;
const STRIP_BYTE_COUNTS = 279;
const TILE_OFFSETS = 324;
const TILE_BYTE_COUNTS = 325;
const WANTED: readonly number[] = [
  ...[BITS_PER_SAMPLE, COMPRESSION, ORIENTATION],
  ...[STRIP_OFFSETS, STRIP_BYTE_COUNTS, TILE_OFFSETS, TILE_BYTE_COUNTS],
];
/** Bytes of one value by its type (TIFF 6.0 §2), and which types are unsigned integers. */
const TYPE_SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8] as const;
const UNSIGNED_TYPES: readonly number[] = [3, 4, 13, 16];

interface Layout {
  readonly little: boolean;
  readonly big: boolean;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function readUnsigned(data: DataView, at: number, size: number, little: boolean): number {
  if (size === 2) return data.getUint16(at, little);
  if (size === 4) return data.getUint32(at, little);
  return Number(data.getBigUint64(at, little));
}

/** Where the values of an entry stand outside it; null where they fit in it. */
function outside(
  entry: DataView,
  { little, big }: Layout,
): { readonly at: number; readonly length: number } | null {
  const inline = big ? 8 : 4;
  const length = (TYPE_SIZES[entry.getUint16(2, little)] ?? 0) * readUnsigned(entry, 4, inline, little);
  return length <= inline ? null : { at: readUnsigned(entry, big ? 12 : 8, inline, little), length };
}

/** The unsigned integers of an entry; empty for another type of value, null where the file ends before them. */
function entryValues(source: ByteSource, entry: DataView, layout: Layout): number[] | null {
  const { little, big } = layout;
  const type = entry.getUint16(2, little);
  if (!UNSIGNED_TYPES.includes(type)) return [];
  const size = TYPE_SIZES[type]!;
  const count = readUnsigned(entry, 4, big ? 8 : 4, little);
  const away = outside(entry, layout);
  const inside = new Uint8Array(entry.buffer, entry.byteOffset + (big ? 12 : 8), big ? 8 : 4);
  const bytes = away === null ? inside : source.read(away.at, away.length);
  if (bytes.length < count * size) return null;
  const data = view(bytes);
  return Array.from({ length: count }, (_, index) => readUnsigned(data, index * size, size, little));
}

function pixelsEnd(tags: ReadonlyMap<number, number[]>): number {
  const offsets = tags.get(STRIP_OFFSETS) ?? tags.get(TILE_OFFSETS) ?? [];
  const counts = tags.get(STRIP_BYTE_COUNTS) ?? tags.get(TILE_BYTE_COUNTS) ?? [];
  return offsets.reduce((end, offset, index) => Math.max(end, offset + (counts[index] ?? 0)), 0);
}

/** The entries of the first directory, each as a view of its 12 (BigTIFF: 20) bytes. */
function firstEntries(source: ByteSource): { readonly layout: Layout; readonly entries: DataView[] } | null {
  const header = source.read(0, 16);
  if (header.length < 8) return null;
  const little = header[0] === 0x49;
  const big = view(header).getUint16(2, little) === 43;
  if (big && header.length < 16) return null;
  const start = readUnsigned(view(header), big ? 8 : 4, big ? 8 : 4, little);
  const countBytes = source.read(start, big ? 8 : 2);
  if (countBytes.length < (big ? 8 : 2)) return null;
  const count = readUnsigned(view(countBytes), 0, big ? 8 : 2, little);
  const size = big ? 20 : 12;
  const bytes = source.read(start + countBytes.length, count * size);
  if (bytes.length < count * size) return null;
  const entries = Array.from(
    { length: count },
    (_, at) => new DataView(bytes.buffer, bytes.byteOffset + at * size, size),
  );
  return { layout: { little, big }, entries };
}

/** The first directory of a TIFF file, or null where the file ends before it does. */
export function tiffDirectory(source: ByteSource): TiffDirectory | null {
  const first = firstEntries(source);
  if (first === null) return null;
  const { layout, entries } = first;
  const tags = new Map<number, number[]>();
  let hasExif = false;
  let end = 0;
  for (const entry of entries) {
    const tag = entry.getUint16(0, layout.little);
    if (tag === EXIF || tag === GPS || tag === MAKE) hasExif = true;
    const away = outside(entry, layout);
    if (away !== null) end = Math.max(end, away.at + away.length);
    if (!WANTED.includes(tag)) continue;
    const values = entryValues(source, entry, layout);
    if (values === null) return null;
    tags.set(tag, values);
  }
  return {
    bitsPerSample: tags.get(BITS_PER_SAMPLE)?.[0] ?? null,
    compression: tags.get(COMPRESSION)?.[0] ?? null,
    orientation: tags.get(ORIENTATION)?.[0] ?? null,
    hasExif,
    end: Math.max(end, pixelsEnd(tags)),
  };
}
