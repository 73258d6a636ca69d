import type { SeededRandom } from './seeded-random.ts';

export type Colour = readonly [number, number, number];

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue in grey levels 0 … 255, row by row. */
  readonly pixels: Float32Array;
}

/** A value for every place of the canvas. */
export type Field = (x: number, y: number) => number;

/** Smooth value noise in −1 … 1 with features of `cell` pixels. */
export function noiseField(canvas: Canvas, cell: number, random: SeededRandom): Field {
  const columns = Math.ceil(canvas.width / cell) + 2;
  const rows = Math.ceil(canvas.height / cell) + 2;
  const lattice = Float32Array.from({ length: columns * rows }, () => random.between(-1, 1));
  return (x, y) => {
    const column = Math.floor(x / cell);
    const row = Math.floor(y / cell);
    const s = smooth(x / cell - column);
    const t = smooth(y / cell - row);
    const at = row * columns + column;
    const top = lattice[at]! * (1 - s) + lattice[at + 1]! * s;
    const bottom = lattice[at + columns]! * (1 - s) + lattice[at + columns + 1]! * s;
    return top * (1 - t) + bottom * t;
  };
}

const smooth = (t: number) => t * t * (3 - 2 * t);
export const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Mixes a colour into one pixel; `alpha` 0 leaves it, 1 replaces it. */
export function blend(canvas: Canvas, x: number, y: number, colour: Colour, alpha: number): void {
  const at = (y * canvas.width + x) * 3;
  const { pixels } = canvas;
  pixels[at] = pixels[at]! + (colour[0] - pixels[at]!) * alpha;
  pixels[at + 1] = pixels[at + 1]! + (colour[1] - pixels[at + 1]!) * alpha;
  pixels[at + 2] = pixels[at + 2]! + (colour[2] - pixels[at + 2]!) * alpha;
}
