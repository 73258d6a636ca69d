import type { UnitStructure } from './coded-variable.ts';
import { FEWEST_SHARED_ITEMS } from './cohen-kappa.ts';
import type { Estimate } from './estimate.ts';
import { meanByUnits } from './mean-by-units.ts';
import { withEnough } from './with-enough.ts';

/**
 * Mean of ln(own size/consensus size) over matched objects or masks, area or volume alike: 0 without bias, above 0 where the
 * rater draws larger; exp of it is the typical ratio. A size that is not above 0 on either side (an empty mask) has no ratio and
 * is left out. Fewer than 30: INSUFFICIENT, with value. Specification §6.3.
 */
export function sizeBias(units: UnitStructure, own: Float64Array, consensus: Float64Array): Estimate {
  const ratios = own.map((size, at) =>
    size > 0 && consensus[at]! > 0 ? Math.log(size) - Math.log(consensus[at]!) : Number.NaN,
  );
  const bias = meanByUnits(units, ratios, { method: 'mean log ratio of sizes' });
  return withEnough(bias, bias.imageCount, FEWEST_SHARED_ITEMS, 'FEWER_THAN_30_SHARED_ITEMS');
}
