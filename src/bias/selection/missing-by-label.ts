import type { ContingencyTable } from '../../statistics/contingency-table.ts';
import type { BiasCounts, PresenceRow } from '../bias-counts.ts';
import { type Addend, bucketedTable } from '../variables/bucketed-table.ts';
import { labelledImages } from './class-balance.ts';

export interface MissingByLabel {
  readonly kind: 'LABEL' | 'CLASS';
  readonly name: string;
  readonly table: ContingencyTable;
}

/** Missing (row 0) or known (row 1), by class; or, where images show several, one table a class of absent and present. */
export function missingByLabel(counts: BiasCounts, factor: number): MissingByLabel[] {
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
    return [
      { kind: 'LABEL', name: 'label', table: fill(rows, classes.length, ({ label }) => place.get(label!)!) },
    ];
  }
  const everyone = counts.presence.filter(({ label, labelled }) => label === null && labelled);
  const byClass = new Map<string | null, PresenceRow[]>(classes.map((label) => [label, []]));
  for (const row of counts.presence) byClass.get(row.label)?.push(row);
  return classes.map((name) => {
    const present = byClass.get(name)!;
    const negative = present.map((row) => ({
      ...row,
      images: -row.images,
      known: row.known.map((known) => -known),
      label: null,
    }));
    const rows = [...everyone, ...negative, ...present];
    return { kind: 'CLASS', name, table: fill(rows, 2, ({ label }) => (label === null ? 0 : 1)) };
  });
}
