import { type Bands, colour, type Verdict } from './colour.ts';
import type { Estimate } from './estimate.ts';

/** Below this share of the target a stratum is not coloured (specification §1). */
const SMALLEST_COLOURED_SHARE = 0.01;

/**
 * The colour of a stratum's representation ratio. Images where the target has none (OUT_OF_TARGET): AMBER, whatever their
 * number, for they lie there; a share below .01 of the target: null, not coloured.
 */
export function representationVerdict(ratio: Estimate, targetShare: number, bands: Bands): Verdict | null {
  if (ratio.reason === 'OUT_OF_TARGET') return { colour: 'AMBER', certainty: 'CONFIRMED', unitsNeeded: null };
  return targetShare < SMALLEST_COLOURED_SHARE ? null : colour(ratio, bands);
}
