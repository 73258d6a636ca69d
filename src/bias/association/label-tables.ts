import { classRows } from '../../statistics/class-rows.ts';
import { type ClassTable, classTable } from '../../statistics/class-table.ts';
import type { ContingencyTable } from '../../statistics/contingency-table.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { proportion } from '../../statistics/proportion.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import type { Attribute } from './association-attributes.ts';
import { type AssociationColumns, labelledImages } from './association-columns.ts';

/** Label by attribute: rows are classes, or absence (0) and presence (1) of one; columns are levels. */
export interface LabelTable {
  readonly attribute: Attribute;
  /** The class of a present-or-absent table; null where the rows are all classes. */
  readonly label: number | null;
  readonly table: ContingencyTable;
  readonly droppedShare: Estimate;
}

/** Of every attribute its images by level and class; null where the table would be too large (`classTable`). */
export function classCounts({ attributes, classes, units }: AssociationColumns): (ClassTable | null)[] {
  return attributes.map(({ variable }) =>
    classTable(classRows(variable, classes, units), null, classes, units),
  );
}

/** The tables of every counted attribute with the label; where images show several classes, one for each class. */
export function labelTables(
  columns: AssociationColumns,
  counts: readonly (ClassTable | null)[],
): LabelTable[] {
  return columns.attributes.flatMap((attribute, place) => {
    const own = counts[place]!;
    return own === null ? [] : tablesOf(columns, attribute, own);
  });
}

function tablesOf(columns: AssociationColumns, attribute: Attribute, counts: ClassTable): LabelTable[] {
  const common = { attribute, droppedShare: droppedShare(columns, counts) };
  if (!columns.isMultiple) return [{ ...common, label: null, table: wholeTable(counts) }];
  return columns.classNames.map((_, label) => ({ ...common, label, table: presenceTable(counts, label) }));
}

function wholeTable(counts: ClassTable): ContingencyTable {
  return tableOf(counts, counts.classes, (bucket, row, column) => imagesAt(counts, bucket, column, row));
}

function presenceTable(counts: ClassTable, label: number): ContingencyTable {
  return tableOf(counts, 2, (bucket, row, column) => {
    const shown = imagesAt(counts, bucket, column, label);
    return row === 1 ? shown : imagesAt(counts, bucket, column, counts.classes) - shown;
  });
}

function imagesAt({ cells, levels, classes }: ClassTable, bucket: number, level: number, label: number) {
  return cells[(bucket * levels + level) * (classes + 1) + label]!;
}

function tableOf(
  { levels, buckets: bucketCount, imageCount, unitCount }: ClassTable,
  rows: number,
  imagesOf: (bucket: number, row: number, column: number) => number,
): ContingencyTable {
  const total = new Array<number>(rows * levels).fill(0);
  const buckets = Array.from({ length: bucketCount }, (_, bucket) => {
    const cells = new Array<number>(rows * levels).fill(0);
    for (let row = 0, cell = 0; row < rows; row += 1) {
      for (let column = 0; column < levels; column += 1, cell += 1) {
        cells[cell] = imagesOf(bucket, row, column);
        total[cell]! += cells[cell]!;
      }
    }
    return cells;
  });
  return { total, buckets, imageCount, unitCount, rows, columns: levels };
}

/** Labelled images without a value of the attribute, as a share of all labelled images. */
function droppedShare(columns: AssociationColumns, counts: ClassTable): Estimate {
  const { unitOf, bucketOf } = columns.units;
  const buckets = Array.from({ length: counts.buckets }, () => [0, 0]);
  for (const unit of unitOf) buckets[bucketOf[unit]!]![1]! += 1;
  buckets.forEach((cells, bucket) => {
    cells[0] = cells[1]!;
    for (let level = 0; level < counts.levels; level += 1)
      cells[0]! -= imagesAt(counts, bucket, level, counts.classes);
  });
  const basis = labelledImages(columns, 'share without the factor');
  const total = [basis.imageCount - counts.imageCount, basis.imageCount];
  const [missing] = hideSmallCounts([total[0]!, counts.imageCount], basis, columns.personal);
  return hideWith(missing!, proportion({ total, buckets, ...basis }, basis.method));
}
