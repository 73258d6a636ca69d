import { type Estimate, notEstimable } from '../statistics/estimate.ts';
import { figure, noFigure } from '../statistics/figure.ts';
import { jackknifeEstimate } from '../statistics/jackknife-estimate.ts';
import { SHARE } from '../statistics/jackknife-interval.ts';
import { sum } from '../statistics/sum.ts';
import { type Addend, bucketedTable } from './bucketed-table.ts';
import { hideSmallCounts, hideWith } from './hide-small-counts.ts';
import type { AgreementInput, PairedRatingsRow } from './paired-ratings.ts';

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

/** Each rater against the others, leaving the rater out; the lowest agreement first. */
export function raterAgreements(input: AgreementInput): RaterAgreement[] {
  const byRater = new Map<number, PairedRatingsRow[]>();
  for (const row of input.pairs) {
    const rows = byRater.get(row.rater);
    if (rows) rows.push(row);
    else byRater.set(row.rater, [row]);
  }
  return [...byRater]
    .map(([rater, rows]) => raterAgreement(input, rater, rows))
    .sort((a, b) => (a.agreement.value ?? 2) - (b.agreement.value ?? 2) || (a.rater < b.rater ? -1 : 1))
    .slice(0, LONGEST_RATER_LIST);
}

function raterAgreement(
  input: AgreementInput,
  rater: number,
  rows: readonly PairedRatingsRow[],
): RaterAgreement {
  const items = Math.round(sum(rows.map(({ pairs, ratings }) => pairs / (ratings - 1))));
  const basis = { imageCount: items, unitCount: input.raterUnits[rater]! };
  const [shown] = hideSmallCounts([items], { ...basis, method: 'items' }, input.personal);
  const share = (method: string, isHit: (row: PairedRatingsRow) => boolean): Estimate =>
    jackknifeEstimate(
      bucketedTable(2, addendsOf(rows, isHit), basis),
      ([hits, all]) =>
        all! > 0 ? figure(Math.min(1, hits! / all!)) : noFigure('NOT_APPLICABLE', 'NO_OVERLAP'),
      { method, range: SHARE },
    );
  const labels = [...new Set(rows.flatMap(({ label, other }) => [label, other]))].map((label) => {
    const own = share('share of the rater’s labels', (row) => row.label === label);
    const few = input.personal && isFew(own, items);
    const hidden = few ? notEstimable('SUPPRESSED', 'SMALL_COUNT', { ...basis, method: 'items' }) : shown!;
    return {
      label: input.classes[label]!,
      ownShare: hideWith(hidden, own),
      othersShare: share('share of the other raters’ labels', (row) => row.other === label),
    };
  });
  return {
    rater: input.raters[rater]!,
    items: shown!,
    agreement: hideWith(
      shown!,
      share('agreement with the other raters', ({ label, other }) => label === other),
    ),
    labels: coverOneMore(labels)
      .toSorted((a, b) => shift(b) - shift(a) || (a.label < b.label ? -1 : 1))
      .slice(0, LONGEST_LABEL_LIST),
  };
}

function addendsOf(rows: readonly PairedRatingsRow[], isHit: (row: PairedRatingsRow) => boolean): Addend[] {
  return rows.flatMap((row): Addend[] => {
    const amount = row.pairs / (row.ratings - 1);
    const all = { bucket: row.bucket, cell: 1, amount };
    return isHit(row) ? [{ bucket: row.bucket, cell: 0, amount }, all] : [all];
  });
}

function isFew({ value }: Estimate, items: number): boolean {
  const count = Math.round((value ?? 0) * items);
  return count > 0 && count < 5;
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
