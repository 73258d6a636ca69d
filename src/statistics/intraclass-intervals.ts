import type { Interval } from './estimate.ts';
import { fQuantile } from './f-quantile.ts';
import type { TwoWayMeanSquares } from './two-way-mean-squares.ts';

const LEVEL = 0.95;
const TAIL = (1 + LEVEL) / 2;
const FEWEST_DEGREES = 0.01;

export interface IntraclassIntervals {
  readonly oneWay: Interval;
  /** Null where Satterthwaite's degrees of freedom vanish, for a correlation far below 0. */
  readonly agreement: Interval | null;
  readonly consistency: Interval;
}

/**
 * 95 % intervals of ICC(1,1), ICC(2,1) and ICC(3,1) from F, that of ICC(2,1) with Satterthwaite's degrees of freedom.
 * The residual must be positive. Shrout & Fleiss 1979; McGraw & Wong 1996, Psychological Methods 1:30.
 */
export function intraclassIntervals(squares: TwoWayMeanSquares): IntraclassIntervals {
  const { rowCount: n, columnCount: k, rows, within, residual } = squares;
  return {
    oneWay: ofRatio(rows / within, n - 1, n * (k - 1), k),
    agreement: ofAgreement(squares),
    consistency: ofRatio(rows / residual, n - 1, (n - 1) * (k - 1), k),
  };
}

function ofRatio(f: number, above: number, below: number, k: number): Interval {
  const limit = (at: number) => (at - 1) / (at + k - 1);
  return interval(limit(f / fQuantile(TAIL, above, below)), limit(f * fQuantile(TAIL, below, above)));
}

function ofAgreement({
  rowCount: n,
  columnCount: k,
  rows,
  columns,
  residual,
}: TwoWayMeanSquares): Interval | null {
  const noise = k * columns + (k * n - k - n) * residual;
  const correlation = (n * (rows - residual)) / (n * rows + noise);
  const ofColumns = (k * correlation * columns) / residual;
  const ofRest = n * (1 + (k - 1) * correlation) - k * correlation;
  const degrees = ((k - 1) * (n - 1) * (ofColumns + ofRest) ** 2) / ((n - 1) * ofColumns ** 2 + ofRest ** 2);
  if (!(degrees >= FEWEST_DEGREES)) return null;
  const lower = fQuantile(TAIL, n - 1, degrees);
  const upper = fQuantile(TAIL, degrees, n - 1);
  return interval(
    (n * (rows - lower * residual)) / (lower * noise + n * rows),
    (n * (upper * rows - residual)) / (noise + n * upper * rows),
  );
}

function interval(lower: number, upper: number): Interval {
  return { lower, upper, level: LEVEL, method: 'Shrout & Fleiss, from F' };
}
