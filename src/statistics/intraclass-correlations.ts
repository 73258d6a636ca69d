import type { Estimate, Interval } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { intraclassIntervals } from './intraclass-intervals.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { type TwoWayMeanSquares, twoWayMeanSquares } from './two-way-mean-squares.ts';

/** Of a single measurement, and of the mean of all k. */
export interface IntraclassForm {
  readonly single: Estimate;
  readonly average: Estimate;
}

export interface IntraclassCorrelations {
  /** ICC(1,1), ICC(1,k): each scene measured by others. */
  readonly oneWay: IntraclassForm;
  /** ICC(2,1), ICC(2,k), the headline: all by the same k, a sample of those who might; an offset counts as error. */
  readonly agreement: IntraclassForm;
  /** ICC(3,1), ICC(3,k): all by the same k and no others; an offset is no error. */
  readonly consistency: IntraclassForm;
}

/**
 * Reliability of repeated measurement of n scenes (phantom, grey card, re-imaging: rows) by k cameras or operators
 * (columns), no cell missing. With the mean squares of rows R, columns C, residual E and within rows W: (1,1) =
 * (R−W)/(R+(k−1)W), (2,1) = (R−E)/(R+(k−1)E+k(C−E)/n), (3,1) = (R−E)/(R+(k−1)E), the average by Spearman–Brown; at
 * most 1, below 0 where scenes differ less than by chance. A scene is a unit: fewer than 10, no interval. One scene
 * or column: NOT_APPLICABLE; constant: UNDEFINED; no residual: DEGENERATE. Shrout & Fleiss 1979, Psychological
 * Bulletin 86:420.
 */
export function intraclassCorrelations(values: readonly (readonly number[])[]): IntraclassCorrelations {
  const [n, k] = [values.length, values[0]?.length ?? 0];
  const fault = n === 0 || k === 0 ? EMPTY : n === 1 || k === 1 ? SINGLE : null;
  const squares = fault === null ? twoWayMeanSquares(values) : null;
  const intervals = squares !== null && squares.residual > 0 ? intraclassIntervals(squares) : null;
  const form = (name: string, formula: Formula, interval: Interval | null): IntraclassForm => {
    const single = squares === null ? fault! : judged(squares, formula);
    const basis = (method: string) => ({ imageCount: n * k, unitCount: n, method });
    return {
      single: estimateWithInterval(single, interval, basis(`ICC(${name},1)`)),
      average: estimateWithInterval(
        averageOf(single, k),
        interval && {
          ...interval,
          lower: spearmanBrown(interval.lower, k),
          upper: spearmanBrown(interval.upper, k),
        },
        basis(`ICC(${name},k)`),
      ),
    };
  };
  return {
    oneWay: form('1', ({ rows: r, within: w }) => (r - w) / (r + (k - 1) * w), intervals?.oneWay ?? null),
    agreement: form(
      '2',
      ({ rows: r, columns: c, residual: e }) => (r - e) / (r + (k - 1) * e + (k * (c - e)) / n),
      intervals?.agreement ?? null,
    ),
    consistency: form(
      '3',
      ({ rows: r, residual: e }) => (r - e) / (r + (k - 1) * e),
      intervals?.consistency ?? null,
    ),
  };
}

type Formula = (squares: TwoWayMeanSquares) => number;

const EMPTY = noFigure('EMPTY', 'NO_IMAGE');
const SINGLE = noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');

function judged(squares: TwoWayMeanSquares, formula: Formula): Figure {
  if (squares.rows + squares.within === 0) return noFigure('UNDEFINED', 'CONSTANT_VALUE');
  const value = formula(squares);
  return squares.residual === 0 ? figure(value, 'DEGENERATE', 'ZERO_WITHIN_VARIANCE') : figure(value);
}

function averageOf(single: Figure, k: number): Figure {
  return single.value === null
    ? single
    : figure(spearmanBrown(single.value, k), single.status, single.reason);
}

/** The reliability of the mean of k measurements; none where that of one is so negative that no variance is left. */
function spearmanBrown(reliability: number, k: number): number {
  const variance = 1 + (k - 1) * reliability;
  return variance > 1e-9 ? (k * reliability) / variance : Number.NaN;
}
