/** Interleaved samples; a second or fourth channel is alpha and is not looked at. */
export interface Raster {
  readonly samples: Uint8Array | Uint16Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** Running sums of the tones of an image; all of them additive over rows. */
export interface Tone {
  /** 1000 · Y · `full` of the first pixel: sums of squares are taken around it, so constants give exactly 0. */
  readonly centre: number;
  /** Stored units per grey level: 1 at 8 bits, 257 at 16. */
  readonly full: number;
  /** Counts of Y in steps of 1/257 grey level, 65 536 of them. */
  readonly histogram: Uint32Array;
  sum: number;
  squares: number;
  red: number;
  green: number;
  blue: number;
  high: number;
  low: number;
  saturation: number;
  coloured: number;
  nonBlack: number;
}

const RED = 299;
const GREEN = 587;
const BLUE = 114;

export function emptyTone({ samples, channels }: Raster): Tone {
  const colour = channels >= 3;
  return {
    centre: RED * samples[0]! + GREEN * samples[colour ? 1 : 0]! + BLUE * samples[colour ? 2 : 0]!,
    full: samples instanceof Uint16Array ? 257 : 1,
    histogram: new Uint32Array(65536),
    ...{ sum: 0, squares: 0, red: 0, green: 0, blue: 0, high: 0, low: 0 },
    ...{ saturation: 0, coloured: 0, nonBlack: 0 },
  };
}

function colourRow(raster: Raster, y: number, row: Float32Array, tone: Tone): void {
  const { samples, width, channels } = raster;
  const { histogram, centre, full } = tone;
  const toLevel = 1 / (1000 * full);
  const toBin = 257 * toLevel;
  const lowest = 1000 * full;
  let sum = 0;
  let squares = 0;
  let saturation = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  let high = 0;
  let low = 0;
  let coloured = 0;
  let nonBlack = 0;
  for (let x = 0, at = y * width * channels; x < width; x++, at += channels) {
    const r = samples[at]!;
    const g = samples[at + 1]!;
    const b = samples[at + 2]!;
    const luminance = RED * r + GREEN * g + BLUE * b;
    const deviation = luminance - centre;
    sum += deviation;
    squares += deviation * deviation;
    red += r;
    green += g;
    blue += b;
    histogram[(luminance * toBin + 0.5) | 0]!++;
    if (luminance >= 254 * lowest) high++;
    if (luminance <= lowest) low++;
    const greatest = Math.max(r, g, b);
    const spread = greatest - Math.min(r, g, b);
    if (greatest > 0) nonBlack++;
    if (spread > 0) {
      coloured++;
      saturation += spread / greatest;
    }
    row[x] = luminance * toLevel;
  }
  tone.sum += sum;
  tone.squares += squares;
  tone.red += red;
  tone.green += green;
  tone.blue += blue;
  tone.high += high;
  tone.low += low;
  tone.saturation += saturation;
  tone.coloured += coloured;
  tone.nonBlack += nonBlack;
}

function greyRow(raster: Raster, y: number, row: Float32Array, tone: Tone): void {
  const { samples, width, channels } = raster;
  const { histogram, full } = tone;
  const centre = tone.centre / 1000;
  const binsPerUnit = 257 / full;
  const toLevel = 1 / full;
  const highest = 254 * full;
  let sum = 0;
  let squares = 0;
  let high = 0;
  let low = 0;
  let nonBlack = 0;
  let at = y * width * channels;
  for (let x = 0; x < width; x++, at += channels) {
    const value = samples[at]!;
    const deviation = value - centre;
    sum += deviation;
    squares += deviation * deviation;
    const bin = value * binsPerUnit;
    histogram[bin] = histogram[bin]! + 1;
    if (value >= highest) high++;
    if (value <= full) low++;
    if (value > 0) nonBlack++;
    row[x] = full === 1 ? value : value * toLevel;
  }
  tone.sum += sum * 1000;
  tone.squares += squares * 1e6;
  tone.high += high;
  tone.low += low;
  tone.nonBlack += nonBlack;
}

/** Writes row `y` as luminance in [0, 255] into `row` and adds it to `tone`, in one pass over its samples. */
export function tone(raster: Raster, y: number, row: Float32Array, sums: Tone): void {
  if (raster.channels >= 3) colourRow(raster, y, row, sums);
  else greyRow(raster, y, row, sums);
}
