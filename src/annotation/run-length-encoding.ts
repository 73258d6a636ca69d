import { DomainError } from '../kernel/errors.ts';

/**
 * A mask as COCO writes it (cocoapi, common/maskApi.c): pixels in column-major order, pixel (x, y) at index
 * x * height + y; runs alternate background and foreground, the first background run may be 0.
 */
export interface RunLengthEncoding {
  /** [height, width] in pixels. */
  readonly size: readonly [number, number];
  /** Compressed runs: 5 bits a character + 48, 0x20 continues, 0x10 is the sign; from the fourth run on, the
   * difference to the run two before. */
  readonly counts: string;
}

/** Encodes a row-major mask (0 is background) of `width` × `height` pixels. */
export function encodeMask(mask: Uint8Array, width: number, height: number): RunLengthEncoding {
  if (mask.length !== width * height) {
    throw new DomainError(
      'SIZE_MISMATCH',
      `The mask has ${mask.length} pixels, not ${width} × ${height}; give one byte a pixel.`,
    );
  }
  const runs: number[] = [];
  let foreground = false;
  let run = 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      if ((mask[y * width + x] !== 0) !== foreground) {
        runs.push(run);
        run = 0;
        foreground = !foreground;
      }
      run++;
    }
  }
  runs.push(run);
  return { size: [height, width], counts: compressRuns(runs) };
}

/** The row-major mask, 1 in the foreground. Throws INVALID_VALUE where the runs do not cover the size. */
export function decodeMask(encoding: RunLengthEncoding): Uint8Array {
  const [height, width] = encoding.size;
  const runs = coveringRuns(encoding);
  const mask = new Uint8Array(height * width);
  let index = 0;
  for (const [position, run] of runs.entries()) {
    if (position % 2 === 1) {
      for (let pixel = index; pixel < index + run; pixel++) {
        mask[(pixel % height) * width + Math.floor(pixel / height)] = 1;
      }
    }
    index += run;
  }
  return mask;
}

/** Foreground pixels, counted from the runs alone. Throws INVALID_VALUE where the runs do not cover the size. */
export function maskArea(encoding: RunLengthEncoding): number {
  return coveringRuns(encoding).reduce((area, run, index) => area + (index % 2 === 1 ? run : 0), 0);
}

/**
 * The one encoding of a mask given by any list of its runs: runs of length 0 after the first are merged away,
 * so that equal masks have equal texts.
 */
export function encodeRuns(size: readonly [number, number], runs: readonly number[]): RunLengthEncoding {
  const merged: number[] = [];
  let foreground = false;
  for (const [index, run] of runs.entries()) {
    if (run === 0 && index > 0) continue;
    const isForeground = index % 2 === 1;
    if (merged.length > 0 && isForeground === foreground) merged[merged.length - 1]! += run;
    else merged.push(run);
    foreground = isForeground;
  }
  return { size: [size[0], size[1]], counts: compressRuns(merged) };
}

export function compressRuns(runs: readonly number[]): string {
  let text = '';
  for (const [index, run] of runs.entries()) {
    let rest = index > 2 ? run - runs[index - 2]! : run;
    let more = true;
    while (more) {
      const bits = ((rest % 32) + 32) % 32;
      rest = Math.floor(rest / 32);
      more = bits & 0x10 ? rest !== -1 : rest !== 0;
      text += String.fromCharCode((more ? bits | 0x20 : bits) + 48);
    }
  }
  return text;
}

/** Throws INVALID_VALUE for a character outside the alphabet, an unfinished number or a negative run. */
export function expandRuns(counts: string): number[] {
  const runs: number[] = [];
  let position = 0;
  while (position < counts.length) {
    let run = 0;
    let weight = 1;
    let more = true;
    while (more) {
      const bits = position < counts.length ? counts.charCodeAt(position++) - 48 : -1;
      if (bits < 0 || bits > 63) refuse(`character ${position} is no part of a run`);
      run += (bits & 0x1f) * weight;
      weight *= 32;
      more = (bits & 0x20) !== 0;
      if (!more && bits & 0x10) run -= weight;
      if (weight > Number.MAX_SAFE_INTEGER) refuse(`the run before character ${position} is too long`);
    }
    if (runs.length > 2) run += runs[runs.length - 2]!;
    if (run < 0) refuse(`run ${runs.length + 1} is negative`);
    runs.push(run);
  }
  return runs;
}

function coveringRuns({ size: [height, width], counts }: RunLengthEncoding): number[] {
  const runs = expandRuns(counts);
  const covered = runs.reduce((sum, run) => sum + run, 0);
  if (covered !== height * width) {
    refuse(`the runs cover ${covered} pixels, not the ${height} × ${width} (height × width) of its size`);
  }
  return runs;
}

function refuse(rule: string): never {
  throw new DomainError(
    'INVALID_VALUE',
    `The run-length encoding is broken: ${rule}; export the mask again.`,
  );
}
