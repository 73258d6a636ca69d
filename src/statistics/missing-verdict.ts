import { type Bands, colour, type Verdict } from './colour.ts';
import type { Estimate } from './estimate.ts';

const DEPENDENCE = 0.1;

/**
 * The colour of a missing share, one step worse where V(missing, label) has a lower limit of .1 or more: what is missing
 * then differs from what is there. GREY stays GREY.
 */
export function missingVerdict(share: Estimate, withLabel: Estimate | null, bands: Bands): Verdict {
  const verdict = colour(share, bands);
  const depends = (withLabel?.interval?.lower ?? 0) >= DEPENDENCE;
  if (!depends || verdict.colour === 'GREY') return verdict;
  return { ...verdict, colour: verdict.colour === 'GREEN' ? 'AMBER' : 'RED' };
}
