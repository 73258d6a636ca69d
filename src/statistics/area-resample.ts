/** Row-major grey plane. */
export interface Plane {
  readonly samples: Float32Array;
  readonly width: number;
  readonly height: number;
}

interface Spans {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly firstWeight: Float64Array;
  readonly lastWeight: Float64Array;
}

/** Which source cells each target cell covers, and how much of the outermost two. Weights sum to 1. */
function spans(source: number, target: number): Spans {
  const first = new Int32Array(target);
  const last = new Int32Array(target);
  const firstWeight = new Float64Array(target);
  const lastWeight = new Float64Array(target);
  const scale = source / target;
  for (let index = 0; index < target; index++) {
    const start = (index * source) / target;
    const end = ((index + 1) * source) / target;
    first[index] = Math.floor(start);
    last[index] = Math.min(source, Math.ceil(end)) - 1;
    if (first[index] === last[index]) {
      firstWeight[index] = 1;
    } else {
      firstWeight[index] = (first[index]! + 1 - start) / scale;
      lastWeight[index] = (end - last[index]!) / scale;
    }
  }
  return { first, last, firstWeight, lastWeight };
}

function resampleRow(row: Float32Array, target: Float64Array, columns: Spans, inner: number): void {
  const { first, last, firstWeight, lastWeight } = columns;
  for (let x = 0; x < target.length; x++) {
    const from = first[x]!;
    const to = last[x]!;
    let sum = 0;
    for (let column = from + 1; column < to; column++) sum += row[column]!;
    target[x] = sum * inner + row[from]! * firstWeight[x]! + (to > from ? row[to]! * lastWeight[x]! : 0);
  }
}

/**
 * Area (box) resampling: a target cell is the mean of the source it covers, border cells by their share.
 * Rows are pulled once each, from top to bottom, so the source need never exist as a whole.
 * @param row gives row `y`; it may return the same array each time
 */
export function areaResample(
  source: { readonly width: number; readonly height: number; row(y: number): Float32Array },
  width: number,
  height: number,
): Plane {
  const samples = new Float32Array(width * height);
  if (width === source.width && height === source.height) {
    for (let y = 0; y < height; y++) samples.set(source.row(y), y * width);
    return { samples, width, height };
  }
  const columns = spans(source.width, width);
  const rows = spans(source.height, height);
  const narrow = new Float64Array(width);
  const sum = new Float64Array(width);
  let current = -1;
  for (let y = 0; y < height; y++) {
    const from = rows.first[y]!;
    const to = rows.last[y]!;
    sum.fill(0);
    for (let line = from; line <= to; line++) {
      if (line !== current) {
        resampleRow(source.row(line), narrow, columns, width / source.width);
        current = line;
      }
      const weight =
        line === from ? rows.firstWeight[y]! : line === to ? rows.lastWeight[y]! : height / source.height;
      for (let x = 0; x < width; x++) sum[x] = sum[x]! + narrow[x]! * weight;
    }
    samples.set(sum, y * width);
  }
  return { samples, width, height };
}

/** The same, of a plane. */
export function resamplePlane(plane: Plane, width: number, height: number): Plane {
  const row = (y: number) => plane.samples.subarray(y * plane.width, (y + 1) * plane.width);
  return areaResample({ width: plane.width, height: plane.height, row }, width, height);
}
