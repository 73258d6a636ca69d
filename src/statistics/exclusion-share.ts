import { type Estimate, notEstimable } from './estimate.ts';
import type { BucketedTable } from './jackknife.ts';
import { noExclusion } from './no-exclusion.ts';
import { proportion } from './proportion.ts';

/**
 * Share e of the candidate images that were excluded; cells [excluded, all]. Range [0, 1]. Wilson's interval where every
 * image is a unit, else the jackknife. None excluded: 0, or UNTRACKED (see `noExclusion`); all excluded: EMPTY. `tracked`:
 * exclusions are recorded since the first image came in. Schulz & Grimes 2002, Lancet 359:781.
 */
export function exclusionShare(table: BucketedTable, tracked: boolean): Estimate {
  const method = 'share excluded';
  const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method };
  const [excluded, all] = table.total;
  if (all! > 0 && excluded === 0) return noExclusion(basis, tracked);
  if (all! > 0 && excluded === all) return notEstimable('EMPTY', 'EVERYTHING_EXCLUDED', basis);
  return proportion(table, method);
}
