import { DomainError } from '../kernel/errors.ts';

/** Bytes, signs and fractions of the little-endian numbers read here; `|` where there is only one byte. */
const READERS: Record<string, (view: DataView, at: number) => number | bigint> = {
  '|b1': (view, at) => view.getUint8(at),
  '|u1': (view, at) => view.getUint8(at),
  '|i1': (view, at) => view.getInt8(at),
  '<u2': (view, at) => view.getUint16(at, true),
  '<i2': (view, at) => view.getInt16(at, true),
  '<u4': (view, at) => view.getUint32(at, true),
  '<i4': (view, at) => view.getInt32(at, true),
  '<u8': (view, at) => view.getBigUint64(at, true),
  '<i8': (view, at) => view.getBigInt64(at, true),
  '<f4': (view, at) => view.getFloat32(at, true),
  '<f8': (view, at) => view.getFloat64(at, true),
};

/**
 * The rows of a NumPy array of one or two dimensions, each number as text; NaN, which states nothing, as the empty
 * text. Formats 1.0 to 3.0 (NEP 1, "A simple file format for NumPy arrays"; numpy.lib.format): magic `\x93NUMPY`,
 * version, the length of the header in 2 bytes (1.0) or 4, a Python dictionary of `descr`, `fortran_order`, `shape`,
 * then the numbers. Nothing is evaluated. Throws MALFORMED_FILE.
 */
export function npyRows(bytes: Uint8Array): string[][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(0, 6)) !== '\x93NUMPY')
    return refuse('it does not begin as a NumPy file');
  const version = bytes[6]!;
  if (version < 1 || version > 3) return refuse(`its version ${version} is not 1, 2 or 3`);
  const start = version === 1 ? 10 : 12;
  const end = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > bytes.length) return refuse('it ends within its header');
  const header = new TextDecoder().decode(bytes.subarray(start, end));
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? 'a record';
  const shape =
    /'shape':\s*\(([0-9, ]*)\)/
      .exec(header)?.[1]
      ?.match(/[0-9]+/g)
      ?.map(Number) ?? [];
  const isByColumn = /'fortran_order':\s*True/.test(header);
  const read = READERS[type];
  if (read === undefined) return refuse(`its numbers are ${type}, not little-endian integers or floats`);
  if (shape.length !== 1 && shape.length !== 2)
    return refuse(`it has ${shape.length} dimensions, not 1 or 2`);
  const [rows, columns = 1] = shape as [number, number?];
  const width = Number(type[2]);
  if (end + rows * columns * width !== bytes.length)
    return refuse(`its shape ${shape.join(' × ')} asks for other bytes than it has`);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const place = isByColumn ? column * rows + row : row * columns + column;
      const number = read(view, end + place * width);
      return Number.isNaN(number) ? '' : String(number);
    }),
  );
}

function refuse(rule: string): never {
  throw new DomainError('MALFORMED_FILE', `The array cannot be read: ${rule}; save it anew by numpy.save.`);
}
