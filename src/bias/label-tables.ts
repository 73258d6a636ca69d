import type { ContingencyTable } from '../statistics/contingency-table.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { proportion } from '../statistics/proportion.ts';
import { sum } from '../statistics/sum.ts';
import type { BiasCounts, CellRow } from './bias-counts.ts';
import { type Addend, bucketedTable } from './bucketed-table.ts';
import { labelledImages } from './class-balance.ts';
import { poolLevels } from './pool-levels.ts';

/** Label by factor: `labels` names the rows (null: a class is absent), `levels` the columns. */
export interface LabelTable {
  readonly factor: string;
  /** The class of a present-or-absent table; null where the rows are all classes. */
  readonly label: string | null;
  readonly labels: readonly (string | null)[];
  readonly levels: readonly string[];
  readonly table: ContingencyTable;
  readonly droppedShare: Estimate;
}

/** Images without a value of the factor or without a label are in none of the tables. */
export function labelTables(counts: BiasCounts, cells: readonly CellRow[]): LabelTable[] {
  return counts.factors.flatMap((factor, index): LabelTable[] => {
    if (factor.status !== 'COUNTED') return [];
    const rows = cells.filter((row) => row.factor === index && row.labelled);
    if (sum(rows.map(({ images }) => images)) === 0) return [];
    const { levels, indexOf } = poolLevels(factor.levels);
    const names = levels.map(({ level }) => level);
    const known = rows.filter(({ level }) => level !== null);
    const placed = known.map((row) => ({ ...row, column: indexOf(row.level!) }));
    const whole = counts.labels.mode === 'SINGLE' ? rows : rows.filter(({ label }) => label === null);
    const common = { factor: factor.name, levels: names, droppedShare: droppedShare(counts, whole) };
    const imageCount = sum(whole.map(({ level, images }) => (level === null ? 0 : images)));
    const basis = { imageCount, unitCount: counts.factorUnits[index]!.labelled };
    return counts.labels.mode === 'SINGLE'
      ? [{ ...common, ...singleTable(counts.labels.classes, placed, names.length, basis) }]
      : presenceTables(counts.labels.classes, placed, names.length, basis).map((table) => ({
          ...common,
          ...table,
        }));
  });
}

type Placed = CellRow & { readonly column: number };
type Basis = { readonly imageCount: number; readonly unitCount: number };

function singleTable(classes: readonly string[], placed: readonly Placed[], columns: number, basis: Basis) {
  const place = new Map(classes.map((label, index) => [label, index]));
  const addends = placed.map(
    ({ bucket, label, column, images }): Addend => ({
      bucket,
      cell: place.get(label!)! * columns + column,
      amount: images,
    }),
  );
  const table = { ...bucketedTable(classes.length * columns, addends, basis), rows: classes.length, columns };
  return { label: null, labels: classes, table };
}

/** One table of absent (row 0) and present (row 1) a class. */
function presenceTables(
  classes: readonly string[],
  placed: readonly Placed[],
  columns: number,
  basis: Basis,
) {
  const everyone: Addend[] = [];
  const present = new Map<string, Addend[]>(classes.map((label) => [label, []]));
  for (const { bucket, label, column, images } of placed) {
    if (label === null) everyone.push({ bucket, cell: column, amount: images });
    else
      present
        .get(label)!
        .push({ bucket, cell: column, amount: -images }, { bucket, cell: columns + column, amount: images });
  }
  return classes.map((label) => {
    const addends = [...everyone, ...present.get(label)!];
    const table = { ...bucketedTable(2 * columns, addends, basis), rows: 2, columns };
    return { label, labels: [null, label], table };
  });
}

function droppedShare(counts: BiasCounts, whole: readonly CellRow[]): Estimate {
  const addends = whole.flatMap(({ bucket, level, images }): Addend[] => [
    { bucket, cell: 0, amount: level === null ? images : 0 },
    { bucket, cell: 1, amount: images },
  ]);
  const basis = { imageCount: labelledImages(counts), unitCount: counts.labelledUnits };
  return proportion(bucketedTable(2, addends, basis), 'share without the factor');
}
