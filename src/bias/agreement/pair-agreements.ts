import { agreementWeights } from '../../statistics/agreement-weights.ts';
import { cohenKappa, FEWEST_SHARED_ITEMS } from '../../statistics/cohen-kappa.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { type LandisKochWord, landisKoch } from '../../statistics/landis-koch.ts';
import { pairClasses } from '../../statistics/pair-classes.ts';
import { raterPairs } from '../../statistics/rater-pairs.ts';
import type { RatedImages } from '../ratings/rated-images.ts';

/** Two annotators on the images that both labelled, 30 or more. */
export interface PairAgreement {
  readonly first: string;
  readonly second: string;
  readonly kappa: Estimate;
  /** Of the word no colour is made. */
  readonly word: LandisKochWord | null;
  readonly linearKappa: Estimate;
  readonly quadraticKappa: Estimate;
}

const LONGEST_PAIR_LIST = 200;
/** Margins before those of the classes. */
const CLASSES = 3;

/** Cohen's κ of the pairs that share the most images, unweighted, and weighted where the classes have an order. */
export function pairAgreements(labels: RatedImages): PairAgreement[] {
  const classes = labels.classCount;
  const weights = {
    plain: agreementWeights(classes, 'UNWEIGHTED'),
    linear: agreementWeights(classes, 'LINEAR'),
    quadratic: agreementWeights(classes, 'QUADRATIC'),
  };
  const longest = Math.max(1, classes - 1);
  return raterPairs(labels, { most: LONGEST_PAIR_LIST, enough: FEWEST_SHARED_ITEMS }).map((pair) => {
    const table = pairClasses(labels, pair);
    const items = (cells: readonly number[]) =>
      cells.slice(CLASSES, CLASSES + classes).reduce((a, b) => a + b, 0);
    const weighted = (cell: 1 | 2, of: readonly number[], power: number) =>
      labels.isOrdered
        ? cohenKappa(
            withAgreement(table, (cells) => items(cells) - cells[cell]! / longest ** power),
            of,
          )
        : notEstimable('NOT_APPLICABLE', 'CLASSES_WITHOUT_ORDER', {
            imageCount: table.imageCount,
            unitCount: table.unitCount,
            method: 'Cohen kappa',
          });
    const kappa = cohenKappa(
      withAgreement(table, ([equal]) => equal!),
      weights.plain,
    );
    return {
      first: labels.raters[pair.first]!,
      second: labels.raters[pair.second]!,
      kappa,
      word: landisKoch(kappa.value),
      linearKappa: weighted(1, weights.linear, 1),
      quadraticKappa: weighted(2, weights.quadratic, 2),
    };
  });
}

function withAgreement(table: BucketedTable, agreeing: (cells: readonly number[]) => number): BucketedTable {
  const cells = (vector: readonly number[]) => [agreeing(vector), ...vector.slice(CLASSES)];
  return { ...table, total: cells(table.total), buckets: table.buckets.map(cells) };
}
