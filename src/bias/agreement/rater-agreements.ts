import { compareText } from '../../kernel/compare-text.ts';
import { FEWEST_SHARED_ITEMS } from '../../statistics/cohen-kappa.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { figure, noFigure } from '../../statistics/figure.ts';
import type { ItemsOfSize } from '../../statistics/items-by-size.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { jackknifeEstimate } from '../../statistics/jackknife-estimate.ts';
import { SHARE } from '../../statistics/jackknife-interval.ts';
import { raterTables } from '../../statistics/rater-tables.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import type { RatedImages } from '../ratings/rated-images.ts';

/** How often a rater gives a label, and how often the others do on the same items. */
export interface RaterLabel {
  readonly label: string;
  readonly ownShare: Estimate;
  readonly othersShare: Estimate;
}

export interface RaterAgreement {
  readonly rater: string;
  /** Items that another rater labelled too. */
  readonly items: Estimate;
  /** Mean share of the other raters of an item who give it the same label. */
  readonly agreement: Estimate;
  /** By falling difference of the two shares, at most 20. */
  readonly labels: readonly RaterLabel[];
}

const LONGEST_RATER_LIST = 50;
const LONGEST_LABEL_LIST = 20;
/** Cells of a table before those of the classes. */
const [HITS, ITEMS, CLASSES] = [0, 1, 2] as const;

/** Each rater against the others, leaving the rater out; of those with 30 shared items or more the lowest agreement first. */
export function raterAgreements(
  labels: RatedImages,
  sizes: readonly ItemsOfSize[],
  personal: boolean,
): RaterAgreement[] {
  return raterTables(labels, sizes, { most: LONGEST_RATER_LIST, enough: FEWEST_SHARED_ITEMS }).map(
    ({ rater, table }) => raterAgreement(labels.raters[rater]!, labels.classes, table, personal),
  );
}

function raterAgreement(
  rater: string,
  classes: readonly string[],
  table: BucketedTable,
  personal: boolean,
): RaterAgreement {
  const { imageCount, unitCount } = table;
  const basis = { imageCount, unitCount };
  const [shown] = hideSmallCounts([imageCount], { ...basis, method: 'items' }, personal);
  const share = (method: string, cell: number): Estimate =>
    jackknifeEstimate(
      pick(table, [cell, ITEMS]),
      ([hits, all]) =>
        all! > 0 ? figure(Math.min(1, hits! / all!)) : noFigure('NOT_APPLICABLE', 'NO_OVERLAP'),
      { method, range: SHARE },
    );
  const seen = [...classes.keys()].filter(
    (c) => table.total[CLASSES + c]! > 0 || table.total[CLASSES + classes.length + c]! > 0,
  );
  const labels = seen.map((c) => {
    const own = share('share of the rater’s labels', CLASSES + c);
    const count = table.total[CLASSES + c]!;
    const isFew = personal && count > 0 && count < 5;
    const hidden = isFew ? notEstimable('SUPPRESSED', 'SMALL_COUNT', { ...basis, method: 'items' }) : shown!;
    return {
      label: classes[c]!,
      ownShare: hideWith(hidden, own),
      othersShare: share('share of the other raters’ labels', CLASSES + classes.length + c),
    };
  });
  return {
    rater,
    items: shown!,
    agreement: hideWith(shown!, share('agreement with the other raters', HITS)),
    labels: coverOneMore(labels)
      .toSorted((a, b) => shift(b) - shift(a) || compareText(a.label, b.label))
      .slice(0, LONGEST_LABEL_LIST),
  };
}

function pick(table: BucketedTable, cells: readonly number[]): BucketedTable {
  const of = (vector: readonly number[]) => cells.map((cell) => vector[cell]!);
  return { ...table, total: of(table.total), buckets: table.buckets.map(of) };
}

/** One hidden share is 1 minus the rest: a second one goes with it. */
function coverOneMore(labels: readonly RaterLabel[]): RaterLabel[] {
  const hidden = labels.filter(({ ownShare }) => ownShare.status === 'SUPPRESSED');
  if (hidden.length !== 1) return [...labels];
  const shown = labels.filter(({ ownShare }) => (ownShare.value ?? 0) > 0);
  const cover = shown.toSorted((a, b) => a.ownShare.value! - b.ownShare.value!)[0];
  return labels.map((label) =>
    label === cover ? { ...label, ownShare: hideWith(hidden[0]!.ownShare, label.ownShare) } : label,
  );
}

function shift({ ownShare, othersShare }: RaterLabel): number {
  return Math.abs((ownShare.value ?? 0) - (othersShare.value ?? 0));
}
