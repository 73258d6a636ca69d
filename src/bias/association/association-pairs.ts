import type { ContingencyTable } from '../../statistics/contingency-table.ts';
import { margins } from '../../statistics/contingency-table.ts';
import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { proportion } from '../../statistics/proportion.ts';
import { type TellingPair, tellingPairs } from '../../statistics/telling-pairs.ts';
import type { AttributeTable, TestedPair } from '../../statistics/tested-pairs.ts';
import { hideSmallCounts, hideWith, smallCells } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn } from '../images/image-selection.ts';
import { type AssociationColumns, imagesWhere } from './association-columns.ts';
import type { LabelAssociation } from './association-list.ts';
import type { LabelTable } from './label-tables.ts';

/** A class and a value that meet oftener, or more rarely, than chance would have it. */
export interface ListedPair {
  readonly factor: string;
  readonly level: string;
  readonly label: string;
  readonly images: Estimate;
  /** Share of the images at the level that are of the class. */
  readonly shareHere: Estimate;
  /** The same of the images at the other levels. */
  readonly shareElsewhere: Estimate;
  readonly lift: Estimate;
  readonly npmi: Estimate;
  /** The images of both; null where they cannot be asked for. */
  readonly selection: ImageSelection | null;
}

/** The tables of which pairs may be listed: the presence of a class, not its absence, which would say the same again. */
export function attributeTables(
  tables: readonly LabelTable[],
  associations: readonly LabelAssociation[],
): AttributeTable[] {
  return tables.map(({ table, label }, index) => ({
    table,
    designEffect: associations[index]!.test.designEffect,
    rows: label === null ? [...Array(table.rows).keys()] : [1],
  }));
}

/** By falling |NPMI|, at most 50. */
export function listedPairs(
  columns: AssociationColumns,
  tables: readonly LabelTable[],
  attributes: readonly AttributeTable[],
  tested: readonly TestedPair[],
  q: readonly (number | null)[],
): ListedPair[] {
  const hidden = new Map<ContingencyTable, ReadonlySet<number>>();
  return tellingPairs(attributes, tested, q).map((pair): ListedPair => {
    const { table, attribute, label: shown } = tables[pair.attribute]!;
    if (columns.personal && !hidden.has(table)) hidden.set(table, hiddenCells(table));
    const label = columns.classNames[shown ?? pair.row]!;
    const images = imagesOf(pair, table, hidden.get(table));
    const { having, lacking } = attribute.units;
    return {
      factor: attribute.name,
      level: attribute.levels[pair.column]!,
      label,
      images,
      shareHere: hideWith(
        images,
        shareOf(pair, having[pair.column]!, ([both, , value]) => [both!, value!]),
      ),
      shareElsewhere: hideWith(
        images,
        shareOf(pair, lacking[pair.column]!, ([both, own, value, all]) => [own! - both!, all! - value!]),
      ),
      lift: hideWith(images, pair.lift),
      npmi: hideWith(images, pair.npmi),
      selection: imagesWhere(columns, attribute.conditions[pair.column]!, isIn('label', label)),
    };
  });
}

/** Cells that are small, and those of a row or column whose sum may not be told. */
function hiddenCells(table: ContingencyTable): ReadonlySet<number> {
  const hidden = new Set(smallCells(table.total, table.columns));
  const { rows, columns } = margins(table.total, table.columns);
  const [hiddenRows, hiddenColumns] = [smallCells(rows, rows.length), smallCells(columns, columns.length)];
  table.total.forEach((_, cell) => {
    const column = cell % table.columns;
    if (hiddenColumns.has(column) || hiddenRows.has((cell - column) / table.columns)) hidden.add(cell);
  });
  return hidden;
}

function imagesOf(pair: TellingPair, table: ContingencyTable, hidden?: ReadonlySet<number>): Estimate {
  const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method: 'images' };
  if (hidden?.has(pair.row * table.columns + pair.column))
    return notEstimable('SUPPRESSED', 'SMALL_COUNT', basis);
  return hideSmallCounts([pair.count], basis, false)[0]!;
}

/** The share over images of this many units, with an interval at the level of the list. */
function shareOf(
  { sums, level, lift }: TellingPair,
  unitCount: number,
  pick: (sums: readonly number[]) => readonly [number, number],
): Estimate {
  const total = pick(sums.total);
  const table: BucketedTable = { total, buckets: sums.buckets.map(pick), imageCount: total[1], unitCount };
  return estimate({ ...proportion(table, 'share of the class', level), p: lift.p, q: lift.q });
}
