/**
 * Counts of a mask in COCO's compressed form (cocodataset/cocoapi, `rleFrString`): five bits a character from "0" on, the
 * sixth says that more follow, and from the third count on each is told as the difference from the one two before.
 */
export function runLengths(compressed: string): number[] {
  const counts: number[] = [];
  let at = 0;
  while (at < compressed.length) {
    let value = 0;
    let shift = 0;
    let code: number;
    do {
      code = compressed.charCodeAt(at++) - 48;
      value |= (code & 0x1f) << shift;
      shift += 5;
    } while (code & 0x20);
    if (code & 0x10 && shift < 32) value |= -1 << shift;
    counts.push(counts.length > 2 ? value + counts[counts.length - 2]! : value);
  }
  return counts;
}

/** RGBA of a mask in the stored-pixel frame, row by row: `colour` where the mask is, nothing elsewhere. Runs go down columns. */
export function maskPixels(
  counts: readonly number[],
  [height, width]: readonly [number, number],
  [red, green, blue, alpha]: readonly [number, number, number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(new ArrayBuffer(4 * width * height));
  let at = 0;
  counts.forEach((run, turn) => {
    if (turn % 2 === 1)
      for (let index = at; index < at + run; index++) {
        const place = 4 * ((index % height) * width + Math.floor(index / height));
        pixels[place] = red;
        pixels[place + 1] = green;
        pixels[place + 2] = blue;
        pixels[place + 3] = alpha;
      }
    at += run;
  });
  return pixels;
}
