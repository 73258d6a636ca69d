import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { NON_NEGATIVE, type Range, UNBOUNDED } from './jackknife-interval.ts';

export interface BlandAltman {
  /** How much more the first gives than the second. */
  readonly meanDifference: Estimate;
  readonly standardDeviation: Estimate;
  /** Between these lie 95 % of the differences, were they normal. */
  readonly lowerLimit: Estimate;
  readonly upperLimit: Estimate;
}

/**
 * Limits of agreement of two who measure the same items: d̄ ± `reach`·sd(d), in the unit of the values; from cells
 * [n, Σ(d−centre), Σ(d−centre)²] of the differences d, `centre` any number near them. The paper of 1986 takes a reach of 2.
 * No item: NOT_APPLICABLE, NO_OVERLAP; one: no sd, SINGLE_LEVEL. Bland & Altman 1986, Lancet i:307; 1999, Statistical
 * Methods in Medical Research 8:135.
 */
export function blandAltman(table: BucketedTable, centre = 0, reach = 1.96): BlandAltman {
  const given = (method: string, range: Range, of: (mean: number, deviation: number) => number): Estimate =>
    jackknifeEstimate(table, (cells) => differences(cells, centre, of), { method, range });
  return {
    meanDifference: jackknifeEstimate(
      table,
      ([n, total]) => (n! > 0 ? figure(centre + total! / n!) : noFigure('NOT_APPLICABLE', 'NO_OVERLAP')),
      { method: 'mean difference', range: UNBOUNDED },
    ),
    standardDeviation: given('standard deviation of the differences', NON_NEGATIVE, (_, sd) => sd),
    lowerLimit: given('lower limit of agreement', UNBOUNDED, (mean, sd) => mean - reach * sd),
    upperLimit: given('upper limit of agreement', UNBOUNDED, (mean, sd) => mean + reach * sd),
  };
}

function differences(
  [n, total, squares]: readonly number[],
  centre: number,
  of: (mean: number, deviation: number) => number,
): Figure {
  if (!(n! > 0)) return noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
  if (n! < 2) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  const variance = Math.max(0, squares! - (total! * total!) / n!) / (n! - 1);
  return figure(of(centre + total! / n!, Math.sqrt(variance)));
}
