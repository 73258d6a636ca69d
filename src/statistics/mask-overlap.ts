import { type Figure, figure, noFigure } from './figure.ts';
import type { Mask } from './mask-runs.ts';
import { maskSegments } from './mask-segments.ts';

export interface MaskOverlap {
  /** Foreground pixels of each, and of both at once. */
  readonly first: number;
  readonly second: number;
  readonly both: number;
  /** 2|A∩B|/(|A|+|B|). */
  readonly dice: Figure;
  /** Intersection over union, |A∩B|/|A∪B|. */
  readonly overlap: Figure;
  /** Neither marks a pixel: they agree that the thing is absent, which no overlap can tell. */
  readonly agreedAbsent: boolean;
  readonly identical: boolean;
}

/**
 * Dice and IoU of two masks of one image, counted from their runs. Range [0, 1]. Both empty: no value, UNDEFINED, BOTH_EMPTY,
 * to be counted as agreed absent; one empty: 0. Throws SIZE_MISMATCH for masks of different frames. Dice 1945, Ecology 26:297.
 */
export function maskOverlap(a: Mask, b: Mask): MaskOverlap {
  let [first, second, both] = [0, 0, 0];
  maskSegments([a, b], (votes, _, length) => {
    first += votes[0]! * length;
    second += votes[1]! * length;
    both += votes[0]! * votes[1]! * length;
  });
  const absent = noFigure('UNDEFINED', 'BOTH_EMPTY');
  const agreedAbsent = first + second === 0;
  return {
    first,
    second,
    both,
    dice: agreedAbsent ? absent : figure((2 * both) / (first + second)),
    overlap: agreedAbsent ? absent : figure(both / (first + second - both)),
    agreedAbsent,
    identical: first === both && second === both,
  };
}
