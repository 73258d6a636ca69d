import { blandAltman } from '../../statistics/bland-altman.ts';
import { FEWEST_SHARED_ITEMS } from '../../statistics/cohen-kappa.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { intervalAlpha, intervalAlphaCells } from '../../statistics/interval-alpha.ts';
import { intraclassTable } from '../../statistics/intraclass-table.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { orderFreeTable } from '../../statistics/order-free-table.ts';
import { type RaterPair, raterPairs } from '../../statistics/rater-pairs.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import type { RatedValues } from '../ratings/rated-images.ts';
import { completeBlock } from './complete-block.ts';

/** The differences of two annotators, the first less the second, in the unit of the values. */
export interface ValuePair {
  readonly first: string;
  readonly second: string;
  readonly meanDifference: Estimate;
  readonly lowerLimit: Estimate;
  readonly upperLimit: Estimate;
}

/** How far annotators agree on one number. */
export interface ValueAgreement {
  readonly attribute: string;
  readonly raterCount: number;
  readonly alpha: Estimate;
  /** Of the images that the same annotators all measured. */
  readonly oneWay: Estimate;
  readonly intraclass: Estimate;
  /** The annotators of the intraclass correlations. */
  readonly intraclassRaters: readonly string[];
  /** Of the pairs that share the most images, at most 50. */
  readonly pairs: readonly ValuePair[];
}

const MOST_PAIRS = 50;

/** Agreement on numbers, attribute by attribute: α with the interval metric, ICC, limits of agreement (specification §6.1). */
export function valueAgreements(rated: readonly RatedValues[], personal: boolean): ValueAgreement[] {
  const shown = (made: Estimate) => hideWith(hideSmallCounts([made.imageCount], made, personal)[0]!, made);
  return rated.map((values) => {
    const block = completeBlock(values);
    const { oneWay, agreement } = intraclassTable(blockTable(values, block));
    return {
      attribute: values.attribute,
      raterCount: values.raterCount,
      alpha: shown(intervalAlpha(alphaTable(values))),
      oneWay: shown(oneWay),
      intraclass: shown(agreement),
      intraclassRaters: block.raters.map((rater) => values.raters[rater]!),
      pairs: raterPairs(values, { most: MOST_PAIRS, enough: FEWEST_SHARED_ITEMS }).map((pair) =>
        valuePair(values, pair),
      ),
    };
  });
}

function alphaTable({
  offsets,
  values,
  bucketOf,
  bucketCount,
  itemCount,
  sharedUnits,
}: RatedValues): BucketedTable {
  const centre = middle(values);
  const shared = Array.from({ length: itemCount }, (_, item) => item).filter(
    (item) => offsets[item + 1]! - offsets[item]! > 1,
  );
  const cells = [0, 1, 2, 3].map(() => new Float64Array(shared.length));
  shared.forEach((item, index) => {
    const own = Array.from(values.subarray(offsets[item]!, offsets[item + 1]!)).sort((a, b) => a - b);
    intervalAlphaCells(own, centre).forEach((amount, cell) => {
      cells[cell]![index] = amount;
    });
  });
  const buckets = shared.map((item) => bucketOf[item]!);
  const basis = { imageCount: shared.length, unitCount: sharedUnits };
  return { ...basis, ...orderFreeTable(cells, buckets, bucketCount) };
}

function blockTable(
  { values, bucketOf, bucketCount, unitOf }: RatedValues,
  { items, places, raters }: ReturnType<typeof completeBlock>,
): BucketedTable {
  const centre = middle(values);
  const cells = Array.from({ length: 3 + raters.length }, () => new Float64Array(items.length));
  items.forEach((_, index) => {
    const own = raters.map((_, column) => values[places[index * raters.length + column]!]! - centre);
    const row = own.reduce((a, b) => a + b, 0);
    const amounts = [1, own.reduce((a, b) => a + b * b, 0), row * row, ...own];
    amounts.forEach((amount, cell) => {
      cells[cell]![index] = amount;
    });
  });
  const buckets = items.map((item) => bucketOf[item]!);
  const unitCount = new Set(items.map((item) => unitOf[item]!)).size;
  return { imageCount: items.length, unitCount, ...orderFreeTable(cells, buckets, bucketCount) };
}

function valuePair(rated: RatedValues, pair: RaterPair): ValuePair {
  const { values, bucketOf, bucketCount, raters } = rated;
  const { imageCount, unitCount } = pair;
  const differences = Float64Array.from(
    pair.items,
    (_, index) => values[pair.places[index]!]! - values[pair.otherPlaces[index]!]!,
  );
  const centre = middle(differences);
  const cells = [
    differences.map(() => 1),
    differences.map((d) => d - centre),
    differences.map((d) => (d - centre) ** 2),
  ];
  const buckets = pair.items.map((item) => bucketOf[item]!);
  const table = { imageCount, unitCount, ...orderFreeTable(cells, buckets, bucketCount) };
  const { meanDifference, lowerLimit, upperLimit } = blandAltman(table, centre);
  return { first: raters[pair.first]!, second: raters[pair.second]!, meanDifference, lowerLimit, upperLimit };
}

/** A number near the values, whatever their order. */
function middle(values: Float64Array): number {
  if (values.length === 0) return 0;
  let [least, most] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least / 2 + most / 2;
}
