import type { UnitStructure } from './coded-variable.ts';
import { FEWEST_SHARED_ITEMS } from './cohen-kappa.ts';
import type { Estimate } from './estimate.ts';
import { meanByUnits } from './mean-by-units.ts';
import { sizeBias } from './size-bias.ts';
import { withEnough } from './with-enough.ts';

export interface BoxBias {
  /** Mean ln(area/consensus area). */
  readonly area: Estimate;
  /** Mean shift of the centre in widths (to the right) and heights (downwards) of the consensus box. */
  readonly right: Estimate;
  readonly down: Estimate;
}

/**
 * How a rater's boxes lie to the consensus boxes they match, each left, top, width, height at 4·pair; `units` are of the pairs.
 * Pairs with a side of 0 are left out. Fewer than 30: INSUFFICIENT, with value. Specification §6.3.
 */
export function boxBias(units: UnitStructure, own: Float64Array, consensus: Float64Array): BoxBias {
  const pairs = own.length / 4;
  const each = (formula: (box: Float64Array, other: Float64Array) => number) =>
    Float64Array.from({ length: pairs }, (_, pair) =>
      formula(own.subarray(pair * 4, pair * 4 + 4), consensus.subarray(pair * 4, pair * 4 + 4)),
    );
  const shift = (axis: 0 | 1, method: string) => {
    const shifts = each((box, other) => {
      const size = other[axis + 2]!;
      const apart = box[axis]! + box[axis + 2]! / 2 - other[axis]! - size / 2;
      return size > 0 ? apart / size : Number.NaN;
    });
    const mean = meanByUnits(units, shifts, { method });
    return withEnough(mean, mean.imageCount, FEWEST_SHARED_ITEMS, 'FEWER_THAN_30_SHARED_ITEMS');
  };
  return {
    area: sizeBias(
      units,
      each((box) => box[2]! * box[3]!),
      each((_, other) => other[2]! * other[3]!),
    ),
    right: shift(0, 'mean shift to the right in box widths'),
    down: shift(1, 'mean shift downwards in box heights'),
  };
}
