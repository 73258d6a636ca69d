import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { sum } from './sum.ts';

export interface IntraclassOfTable {
  /** ICC(1,1): each item measured by others. */
  readonly oneWay: Estimate;
  /** ICC(2,1): all by the same k, a sample of those who might; an offset counts as error. */
  readonly agreement: Estimate;
}

/** Below this share of Σx² a sum of squares is rounding. */
const ROUNDING = 1e-12;

/**
 * The correlations of `intraclassCorrelations` of one measurement, from additive cells of n items by the same k raters, no value
 * missing: [n, Σx², Σ_i (Σ_j x_ij)², Σ_i x_i1 … Σ_i x_ik], x from any number near the values. So items may share units: the interval
 * is the jackknife's. At most 1. No item: NOT_APPLICABLE, NO_OVERLAP; one item or rater: SINGLE_LEVEL; constant: UNDEFINED,
 * CONSTANT_VALUE; no residual: DEGENERATE. Shrout & Fleiss 1979, Psychological Bulletin 86:420.
 */
export function intraclassTable(table: BucketedTable): IntraclassOfTable {
  const of = (method: string, formula: (squares: MeanSquares) => number) =>
    jackknifeEstimate(table, (cells) => correlation(cells, formula), {
      method,
      range: { lower: -1, upper: 1 },
    });
  return {
    oneWay: of('ICC(1,1)', ({ k, rows, within }) => (rows - within) / (rows + (k - 1) * within)),
    agreement: of(
      'ICC(2,1)',
      ({ n, k, rows, columns, residual }) =>
        (rows - residual) / (rows + (k - 1) * residual + (k * (columns - residual)) / n),
    ),
  };
}

interface MeanSquares {
  readonly n: number;
  readonly k: number;
  readonly rows: number;
  readonly columns: number;
  readonly residual: number;
  readonly within: number;
}

function correlation(cells: readonly number[], formula: (squares: MeanSquares) => number): Figure {
  const [n, squares, ofRows, ...ofColumns] = cells as [number, number, number, ...number[]];
  const k = ofColumns.length;
  if (!(n > 0)) return noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
  if (n < 2 || k < 2) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  const middle = sum(ofColumns) ** 2 / (n * k);
  const whole = (value: number) => (value <= ROUNDING * squares ? 0 : value);
  const rows = whole(ofRows / k - middle);
  const columns = whole(sum(ofColumns.map((total) => total * total)) / n - middle);
  const residual = whole(squares - ofRows / k - (columns === 0 ? 0 : columns));
  if (rows + columns + residual === 0) return noFigure('UNDEFINED', 'CONSTANT_VALUE');
  const value = formula({
    n,
    k,
    rows: rows / (n - 1),
    columns: columns / (k - 1),
    residual: residual / ((n - 1) * (k - 1)),
    within: (columns + residual) / (n * (k - 1)),
  });
  return residual === 0 ? figure(value, 'DEGENERATE', 'ZERO_WITHIN_VARIANCE') : figure(value);
}
