import { type Estimate, estimate, notEstimable } from './estimate.ts';
import { sum } from './sum.ts';

/**
 * Each class's share of the kept images (labels known), and as its interval, of level 1, what its share of all candidates
 * can be whatever the labels of the excluded: [n_c/N, (n_c + excluded)/N], N = kept + excluded. No assumption is made.
 * Nothing kept: EMPTY. Manski 1990, American Economic Review 80:319.
 */
export function worstCaseBounds(kept: readonly number[], excluded: number, unitCount: number): Estimate[] {
  const keptCount = sum(kept);
  const candidates = keptCount + excluded;
  const basis = { imageCount: candidates, unitCount, method: 'share of a class, worst-case bounds' };
  return kept.map((count) => {
    if (keptCount === 0)
      return notEstimable('EMPTY', candidates === 0 ? 'NO_IMAGE' : 'EVERYTHING_EXCLUDED', basis);
    const interval = {
      lower: count / candidates,
      upper: (count + excluded) / candidates,
      level: 1,
      method: 'Manski bounds',
    };
    return estimate({ ...basis, value: count / keptCount, interval });
  });
}
