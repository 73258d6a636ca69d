import { agreementWeights } from './agreement-weights.ts';
import { categoryCells } from './category-cells.ts';
import type { UnitStructure } from './coded-variable.ts';
import { cohenCells } from './cohen-cells.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { bucketsOf } from './cross-tabulate.ts';
import { type Estimate, notEstimable } from './estimate.ts';
import { figure } from './figure.ts';
import { gwetAgreement } from './gwet-agreement.ts';
import { intraclassCorrelations } from './intraclass-correlations.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { SHARE } from './jackknife-interval.ts';
import { meanByUnits } from './mean-by-units.ts';
import { sum } from './sum.ts';
import { withEnough } from './with-enough.ts';

/** Pairs of looks of one rater at the same item; `units` are of the pairs, NaN or −1 where a look says nothing of the kind. */
export interface Repeats {
  readonly units: UnitStructure;
  readonly hoursApart: Float64Array;
  readonly classes?: { readonly first: Int16Array; readonly second: Int16Array; readonly count: number };
  readonly values?: { readonly first: Float64Array; readonly second: Float64Array };
  /** Dice of both masks. */
  readonly dice?: Float64Array;
}

export interface SelfConsistency {
  /** Pairs at least 24 hours apart: sooner, a rater remembers. */
  readonly repeats: number;
  readonly percentAgreement: Estimate;
  readonly kappa: Estimate;
  readonly ac1: Estimate;
  /** ICC(1,1). */
  readonly intraclass: Estimate;
  readonly dice: Estimate;
}

/** Specification §6.7. */
const FEWEST_REPEATS = 30;
const FEWEST_HOURS = 24;
const TOO_FEW = 'FEWER_THAN_30_REPEATS';

/**
 * How well one rater agrees with himself at another time: the ceiling of what raters can agree among each other. No repeats:
 * NOT_APPLICABLE, NO_REPEATS (re-queue 5 % of the items, at least 30); fewer than 30: INSUFFICIENT, with value. Specification
 * §6.7; Fleiss 1981, Statistical Methods for Rates and Proportions, ch. 13.
 */
export function selfConsistency({ units, hoursApart, classes, values, dice }: Repeats): SelfConsistency {
  const kept = Array.from(hoursApart.keys()).filter((pair) => hoursApart[pair]! >= FEWEST_HOURS);
  const table = classes === undefined ? null : pairTable(units, kept, classes);
  const judged = (method: string, made: (() => Estimate) | null, count: number): Estimate => {
    if (made === null || count === 0) {
      const basis = { imageCount: 0, unitCount: 0, method };
      return notEstimable('NOT_APPLICABLE', 'NO_REPEATS', basis);
    }
    return withEnough(made(), count, FEWEST_REPEATS, TOO_FEW);
  };
  const weights = agreementWeights(classes?.count ?? 0, 'UNWEIGHTED');
  const shared = table?.imageCount ?? 0;
  const known = kept.filter(
    (pair) => !Number.isNaN((values?.first[pair] ?? 0) + (values?.second[pair] ?? 0)),
  );
  const shares =
    dice &&
    Float64Array.from(dice, (value, pair) => (hoursApart[pair]! >= FEWEST_HOURS ? value : Number.NaN));
  const agreeing = (cells: readonly number[]) =>
    figure(sum(cells.filter((_, cell) => cell % (classes!.count + 1) === 0)) / sum(cells));
  return {
    repeats: kept.length,
    percentAgreement: judged(
      'percent agreement with oneself',
      table &&
        (() =>
          jackknifeEstimate(table, agreeing, { method: 'percent agreement with oneself', range: SHARE })),
      shared,
    ),
    kappa: judged(
      'Cohen kappa',
      table &&
        (() =>
          cohenKappa(
            folded(table, (cells) => cohenCells(cells, weights)),
            weights,
          )),
      shared,
    ),
    ac1: judged(
      'Gwet AC1',
      table &&
        (() =>
          gwetAgreement(
            folded(table, (cells) => categoryTotals(cells, weights)),
            weights,
          )),
      shared,
    ),
    intraclass: judged(
      'ICC(1,1)',
      values === undefined
        ? null
        : () =>
            intraclassCorrelations(known.map((pair) => [values.first[pair]!, values.second[pair]!])).oneWay
              .single,
      values === undefined ? 0 : known.length,
    ),
    dice: judged(
      'mean Dice with oneself',
      shares === undefined
        ? null
        : () => meanByUnits(units, shares, { method: 'mean Dice with oneself', range: SHARE }),
      shares?.filter((value) => !Number.isNaN(value)).length ?? 0,
    ),
  };
}

/** K×K counts, first look by second. */
function pairTable(
  { unitOf, bucketOf, bucketCount }: UnitStructure,
  kept: readonly number[],
  { first, second, count }: NonNullable<Repeats['classes']>,
): BucketedTable {
  const size = count * count;
  const cells = new Float64Array(bucketCount * size);
  const units = new Set<number>();
  let images = 0;
  for (const pair of kept) {
    if (first[pair]! < 0 || second[pair]! < 0) continue;
    const unit = unitOf[pair]!;
    cells[bucketOf[unit]! * size + first[pair]! * count + second[pair]!]! += 1;
    units.add(unit);
    images += 1;
  }
  return { ...bucketsOf(cells, size), imageCount: images, unitCount: units.size };
}

function folded(table: BucketedTable, fold: (cells: readonly number[]) => number[]): BucketedTable {
  return { ...table, total: fold(table.total), buckets: table.buckets.map(fold) };
}

/** `categoryCells` of every pair of looks, summed. */
function categoryTotals(cells: readonly number[], weights: readonly number[]): number[] {
  const classes = Math.sqrt(cells.length);
  const totals = categoryCells(new Array<number>(classes).fill(0), weights);
  for (let first = 0; first < classes; first += 1)
    for (let second = 0; second < classes; second += 1) {
      const times = cells[first * classes + second]!;
      if (times === 0) continue;
      const counts = new Array<number>(classes).fill(0);
      counts[first]! += 1;
      counts[second]! += 1;
      for (const [cell, amount] of categoryCells(counts, weights).entries()) totals[cell]! += times * amount;
    }
  return totals;
}
