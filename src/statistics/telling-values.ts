import type { ContingencyTable } from './contingency-table.ts';
import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { UNBOUNDED } from './jackknife-interval.ts';

/** A value (column) of the attribute at this place in the list; `support` counts the images that have it. */
export interface TellingValue {
  readonly attribute: number;
  readonly value: number;
  readonly support: number;
  readonly logOdds: Estimate;
}

const LONGEST_LIST = 10;

/**
 * The values by which two classes (rows: without, with) are told apart best, over all attributes: the 10 with the largest
 * |log-odds| · support, log-odds being what naive Bayes adds to the score of the second class where it sees the value,
 * ln((n_{v,1} + 1)/(n_{.,1} + c)) − ln((n_{v,0} + 1)/(n_{.,0} + c)) with c columns. Values nobody has, and attributes of
 * one class, are left out. Specification §5.4.
 */
export function tellingValues(attributes: readonly ContingencyTable[]): TellingValue[] {
  const values = attributes.flatMap((table, attribute) =>
    Array.from({ length: table.columns }, (_, value) => {
      const cells = valueCells(table.total, table.columns, value);
      const support = cells[0]! + cells[1]!;
      const weight = Math.abs(logOdds(cells, table.columns).value ?? 0) * support;
      return { table, attribute, value, support, weight };
    }),
  );
  const heaviest = values.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return heaviest.slice(0, LONGEST_LIST).map(({ table, attribute, value, support }) => {
    const cellsOf = (cells: readonly number[]) => valueCells(cells, table.columns, value);
    const own: BucketedTable = { ...table, total: cellsOf(table.total), buckets: table.buckets.map(cellsOf) };
    const options = { method: 'log-odds of naive Bayes', range: UNBOUNDED };
    return {
      attribute,
      value,
      support,
      logOdds: jackknifeEstimate(own, (cells) => logOdds(cells, table.columns), options),
    };
  });
}

/** Images of each class with the value, then all images of each class. */
function valueCells(cells: readonly number[], columns: number, value: number): number[] {
  const all = (row: number) =>
    cells.slice(row * columns, (row + 1) * columns).reduce((total, count) => total + count, 0);
  return [cells[value]!, cells[columns + value]!, all(0), all(1)];
}

function logOdds([without, withIt, allWithout, allWith]: readonly number[], columns: number): Figure {
  if (allWithout === 0 || allWith === 0) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  return figure(
    Math.log((withIt! + 1) / (allWith! + columns)) - Math.log((without! + 1) / (allWithout! + columns)),
  );
}
