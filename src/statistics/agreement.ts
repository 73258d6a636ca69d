import { type AgreementNote, agreementParadox } from './agreement-paradox.ts';
import type { AgreementTables } from './agreement-tables.ts';
import type { Estimate } from './estimate.ts';
import { figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { SHARE } from './jackknife-interval.ts';
import { krippendorffAlpha, type Metric } from './krippendorff-alpha.ts';
import { percentAgreement } from './percent-agreement.ts';
import { sum } from './sum.ts';

export interface ClassAgreement {
  /** Nominal α of this class against the rest. */
  readonly alpha: Estimate;
  /** P(another annotator says this class, given that one says it) = o_cc/n_c. */
  readonly sameGivenOne: Estimate;
}

export interface Agreement {
  readonly alpha: Estimate;
  readonly percentAgreement: Estimate;
  readonly classes: readonly ClassAgreement[];
  readonly note: AgreementNote | null;
}

/** How much annotators agree, over all classes and class by class; the note is that of `agreementParadox`. */
export function agreement(tables: AgreementTables, values: readonly number[], metric: Metric): Agreement {
  const alpha = krippendorffAlpha(tables.coincidences, values, metric);
  const observed = percentAgreement(tables.agreements);
  return {
    alpha,
    percentAgreement: observed,
    classes: classAgreements(tables.coincidences, values.length),
    note: agreementParadox(observed.value, alpha.value),
  };
}

function classAgreements(table: BucketedTable, classes: number): ClassAgreement[] {
  const { imageCount, unitCount } = table;
  const rowSums = (cells: readonly number[]) =>
    Array.from({ length: classes }, (_, c) => sum(cells.slice(c * classes, (c + 1) * classes)));
  const sums = [table.total, ...table.buckets].map((cells) => ({
    cells,
    rows: rowSums(cells),
    all: sum(cells),
  }));
  return Array.from({ length: classes }, (_, c) => {
    const [total, ...buckets] = sums.map(({ cells, rows }) => {
      const same = cells[c * classes + c]!;
      const other = sum(cells.slice(c * classes, (c + 1) * classes).filter((_, k) => k !== c));
      return [same, other, other, sum(rows.filter((_, k) => k !== c)) - other];
    });
    const pairs: BucketedTable = { total: total!, buckets, imageCount, unitCount };
    return {
      alpha: krippendorffAlpha(pairs, [0, 1], 'nominal'),
      sameGivenOne: jackknifeEstimate(
        pairs,
        ([same, other]) =>
          same! + other! > 0
            ? figure(same! / (same! + other!))
            : noFigure('NOT_APPLICABLE', 'CLASS_NOT_USED'),
        { method: 'agreement given the class', range: SHARE },
      ),
    };
  });
}
