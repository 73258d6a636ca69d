import type { Position, Size } from '../annotation/geometry.ts';
import { encodeMask, type RunLengthEncoding } from '../annotation/run-length-encoding.ts';
import { addDecimals, type Decimal, negateDecimal } from '../kernel/decimal.ts';

/** From the frame in which an image is shown, after its EXIF orientation, back to its stored pixels. */
export interface StoredFrame {
  /** Of the stored pixels. */
  readonly size: Size;
  /** Of the image as shown. */
  readonly shown: Size;
  readonly position: (x: Decimal, y: Decimal) => Position;
  /** A mask of the image as shown, row by row. */
  readonly mask: (shown: Uint8Array) => RunLengthEncoding;
}

/** EXIF orientations (CIPA DC-008 §4.6.4): axes exchanged, then the stored axis mirrored. */
const TURNS: Record<number, { isSwapped: boolean; isFlippedX: boolean; isFlippedY: boolean }> = {
  1: { isSwapped: false, isFlippedX: false, isFlippedY: false },
  2: { isSwapped: false, isFlippedX: true, isFlippedY: false },
  3: { isSwapped: false, isFlippedX: true, isFlippedY: true },
  4: { isSwapped: false, isFlippedX: false, isFlippedY: true },
  5: { isSwapped: true, isFlippedX: false, isFlippedY: false },
  6: { isSwapped: true, isFlippedX: false, isFlippedY: true },
  7: { isSwapped: true, isFlippedX: true, isFlippedY: true },
  8: { isSwapped: true, isFlippedX: true, isFlippedY: false },
};

/** The size of an image as shown from its stored one, or back: the way is the same. */
export function turnedSize({ width, height }: Size, orientation: number): Size {
  return TURNS[orientation]?.isSwapped ? { width: height, height: width } : { width, height };
}

/** `orientation` from 1 to 8; any other number turns nothing. */
export function storedFrame(size: Size, orientation: number): StoredFrame {
  const { isSwapped, isFlippedX, isFlippedY } = TURNS[orientation] ?? TURNS[1]!;
  const shown = turnedSize(size, orientation);
  const flip = (side: number, coordinate: Decimal) => addDecimals(String(side), negateDecimal(coordinate));
  return {
    size,
    shown,
    position: (shownX, shownY) => {
      const [x, y] = isSwapped ? [shownY, shownX] : [shownX, shownY];
      return [isFlippedX ? flip(size.width, x) : x, isFlippedY ? flip(size.height, y) : y];
    },
    mask: (pixels) => {
      const stored = new Uint8Array(size.width * size.height);
      for (let index = 0; index < pixels.length; index++) {
        if (pixels[index] === 0) continue;
        const [column, row] = [index % shown.width, Math.floor(index / shown.width)];
        const [x, y] = isSwapped ? [row, column] : [column, row];
        const storedX = isFlippedX ? size.width - 1 - x : x;
        const storedY = isFlippedY ? size.height - 1 - y : y;
        stored[storedY * size.width + storedX] = 1;
      }
      return encodeMask(stored, size.width, size.height);
    },
  };
}
