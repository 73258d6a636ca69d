import type { Verdict } from '../statistics/colour.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { BucketedTable } from '../statistics/jackknife.ts';
import { missingMetadata } from '../statistics/missing-metadata.ts';
import { missingVerdict } from '../statistics/missing-verdict.ts';
import { sum } from '../statistics/sum.ts';
import { THRESHOLDS } from '../statistics/thresholds.ts';
import type { BiasCounts, PresenceRow } from './bias-counts.ts';
import { type Addend, bucketedTable } from './bucketed-table.ts';
import { labelledImages } from './class-balance.ts';
import { hideSmallCounts, hideWith } from './hide-small-counts.ts';

export interface MissingField {
  readonly name: string;
  readonly images: Estimate;
  readonly share: Estimate;
  /** Bias-corrected V of "missing" with the label; where images show several classes, with the class it goes with most. */
  readonly labelDependence: Estimate | null;
  /** That class; null where `labelDependence` is of the label as a whole. */
  readonly label: string | null;
  readonly verdict: Verdict;
}

/**
 * How much of each field is missing, and whether its absence goes with the label. Fields that no image has are no fields
 * of the dataset and are left out, unless they were declared.
 */
export function missingFields(
  counts: BiasCounts,
  declared: ReadonlySet<string>,
  personal: boolean,
  random: () => number,
): MissingField[] {
  const fields = counts.factors.flatMap(({ name, status }, factor) =>
    status === 'NEVER_RECORDED' && !declared.has(name) ? [] : [{ name, factor }],
  );
  const rows = counts.presence.filter(({ label }) => counts.labels.mode === 'SINGLE' || label === null);
  const report = missingMetadata(
    fields.map(({ name, factor }) => ({
      name,
      missing: missingTable(rows, factor, counts.population),
      against: labelTables(counts, factor),
    })),
    random,
  );
  return report.map(({ name, share, dependsOn }, index) => {
    const strongest = dependsOn.toSorted((a, b) => strength(b.association) - strength(a.association))[0];
    const images = sum(rows.map((row) => row.images - row.known[fields[index]!.factor]!));
    const basis = { ...counts.population, method: 'images' };
    const all = counts.population.imageCount;
    const [count] = hideSmallCounts([images, all - images], basis, personal);
    return {
      name,
      images: count!,
      share: hideWith(count!, share),
      labelDependence: strongest ? hideWith(count!, strongest.association) : null,
      label: strongest && counts.labels.mode === 'MULTIPLE' ? strongest.name : null,
      verdict: missingVerdict(share, strongest?.association ?? null, THRESHOLDS.shareMissing.bands),
    };
  });
}

function strength({ interval, value }: Estimate): number {
  return (interval?.lower ?? -1) + (value ?? 0) * 1e-6;
}

function missingTable(
  rows: readonly PresenceRow[],
  factor: number,
  basis: { imageCount: number; unitCount: number },
): BucketedTable {
  const addends = rows.flatMap(({ bucket, images, known }): Addend[] => [
    { bucket, cell: 0, amount: images - known[factor]! },
    { bucket, cell: 1, amount: images },
  ]);
  return bucketedTable(2, addends, basis);
}

/** Missing (row 0) or known (row 1), by class; or, where images show several, one table a class of absent and present. */
function labelTables(counts: BiasCounts, factor: number) {
  const { classes, mode } = counts.labels;
  const basis = { imageCount: labelledImages(counts), unitCount: counts.labelledUnits };
  const place = new Map(classes.map((label, index) => [label, index]));
  const fill = (rows: readonly PresenceRow[], columns: number, columnOf: (row: PresenceRow) => number) => {
    const addends = rows.flatMap((row): Addend[] => {
      const missing = row.images - row.known[factor]!;
      const column = columnOf(row);
      return [
        { bucket: row.bucket, cell: column, amount: missing },
        { bucket: row.bucket, cell: columns + column, amount: row.known[factor]! },
      ];
    });
    return { ...bucketedTable(2 * columns, addends, basis), rows: 2, columns };
  };
  if (basis.imageCount === 0) return [];
  if (mode === 'SINGLE') {
    const rows = counts.presence.filter(({ label }) => label !== null);
    return [{ name: 'label', table: fill(rows, classes.length, ({ label }) => place.get(label!)!) }];
  }
  const everyone = counts.presence.filter(({ label, labelled }) => label === null && labelled);
  return classes.map((name) => {
    const present = counts.presence.filter(({ label }) => label === name);
    const negative = present.map((row) => ({
      ...row,
      images: -row.images,
      known: row.known.map((known) => -known),
      label: null,
    }));
    const rows = [...everyone, ...negative, ...present];
    return { name, table: fill(rows, 2, ({ label }) => (label === null ? 0 : 1)) };
  });
}
