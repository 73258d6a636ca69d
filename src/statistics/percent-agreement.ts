import type { Estimate } from './estimate.ts';
import { figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { SHARE } from './jackknife-interval.ts';

/**
 * P_o = mean over items of the share of agreeing pairs; cells [Σ itemAgreement, items with two ratings or more]. Range
 * [0, 1]. It takes no account of chance. No such item: NOT_APPLICABLE, NO_OVERLAP. Gwet 2014, Handbook, §2.
 */
export function percentAgreement(table: BucketedTable): Estimate {
  return jackknifeEstimate(
    table,
    ([agreeing, items]) =>
      items! > 0 ? figure(agreeing! / items!) : noFigure('NOT_APPLICABLE', 'NO_OVERLAP'),
    { method: 'percent agreement', range: SHARE },
  );
}
