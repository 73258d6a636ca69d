import { type ContingencyTable, type Margins, margins } from './contingency-table.ts';
import type { Estimate, Interval } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { jackknife } from './jackknife.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { jackknifeInterval, SHARE } from './jackknife-interval.ts';

/** `corrected` (Bergsma) is the headline; `plain` and Cohen's `w` share its interval, scaled for w. */
export interface CramersV {
  readonly corrected: Estimate;
  readonly plain: Estimate;
  readonly w: Estimate;
}

export interface CramersVOptions {
  /** Of `independenceTest`, to stand beside V. */
  readonly p?: number | null;
  /** δ̄ of `independenceTest`; null where it cannot be had, and then no interval. 1, the specification's own: none. */
  readonly designEffect?: number | null;
  readonly level?: number;
}

/**
 * V = √(X²/(N·min(r−1, c−1))), range [0, 1], and Bergsma's bias-corrected V with φ̃² = max(0, X²/N − (r−1)(c−1)/(N−1)),
 * r̃ = r − (r−1)²/(N−1); w = V·√min(r−1, c−1). Empty rows and columns are removed. One row or column: NOT_APPLICABLE.
 * Interval: jackknife upper limit of the plain V; lower limit of V corrected with N/δ̄ in the place of N, δ̄ the design
 * effect (at least 1): where label and factor both cluster, chance alone makes δ̄ times the X² that Bergsma takes off, and
 * with N the interval covered V = 0 half the time (decision 0013). Cramér 1946; Bergsma 2013, J. Korean Statistical Society 42:323; Rao & Scott 1981, JASA 76:221.
 */
export function cramersV(
  table: ContingencyTable,
  { p = null, designEffect = 1, level = 0.95 }: CramersVOptions = {},
): CramersV {
  const { columns, imageCount, unitCount } = table;
  const whole = figures(table.total, columns, 1);
  const interval = designEffect === null ? null : pairedInterval(table, Math.max(1, designEffect), level);
  const side = Math.sqrt(smallerSide(table.total, columns));
  const basis = (method: string) => ({ imageCount, unitCount, method });
  const scaled = interval && { ...interval, lower: interval.lower * side, upper: interval.upper * side };
  const w = whole.plain.value === null ? whole.plain : figure(whole.plain.value * side);
  return {
    corrected: estimateWithInterval(whole.corrected, interval, basis('Cramér V, bias-corrected'), p),
    plain: estimateWithInterval(whole.plain, interval, basis('Cramér V'), p),
    w: estimateWithInterval(w, scaled, basis('Cohen w'), p),
  };
}

function pairedInterval(table: ContingencyTable, designEffect: number, level: number): Interval | null {
  const [corrected, plain] = jackknife(table, (cells) => {
    const replicate = figures(cells, table.columns, designEffect);
    return [replicate.corrected.value, replicate.plain.value];
  });
  const low = corrected ? jackknifeInterval(corrected, SHARE, level) : null;
  const high = plain ? jackknifeInterval(plain, SHARE, level) : null;
  return low && high && { ...high, lower: low.lower };
}

function figures(
  cells: readonly number[],
  columnCount: number,
  designEffect: number,
): { corrected: Figure; plain: Figure } {
  const sums = margins(cells, columnCount);
  const n = sums.total;
  const [r, c] = [sums.rowLevels, sums.columnLevels];
  const both = (fault: Figure) => ({ corrected: fault, plain: fault });
  if (n === 0) return both(noFigure('EMPTY', 'NO_IMAGE'));
  if (r < 2 || c < 2) return both(noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL'));
  const phi = chiSquare(cells, sums) / n;
  const plain = figure(Math.min(1, Math.sqrt(phi / Math.min(r - 1, c - 1))));
  if (n <= 1) return { corrected: noFigure('UNDEFINED', 'ONE_IMAGE'), plain };
  const effective = n / designEffect;
  if (effective <= 1) return { corrected: figure(0), plain };
  const phiCorrected = Math.max(0, phi - ((r - 1) * (c - 1)) / (effective - 1));
  const room = Math.min(r - (r - 1) ** 2 / (effective - 1), c - (c - 1) ** 2 / (effective - 1)) - 1;
  return { corrected: figure(room > 0 ? Math.min(1, Math.sqrt(phiCorrected / room)) : 0), plain };
}

/** Pearson's X² in one pass, without a table of expected counts: it is taken of every replicate of large tables. */
function chiSquare(cells: readonly number[], { rows, columns, total }: Margins): number {
  let statistic = 0;
  for (let row = 0, cell = 0; row < rows.length; row += 1) {
    for (let column = 0; column < columns.length; column += 1, cell += 1) {
      const expected = (rows[row]! * columns[column]!) / total;
      if (expected > 0) statistic += (cells[cell]! - expected) ** 2 / expected;
    }
  }
  return statistic;
}

function smallerSide(cells: readonly number[], columnCount: number): number {
  const { rowLevels, columnLevels } = margins(cells, columnCount);
  return Math.max(0, Math.min(rowLevels, columnLevels) - 1);
}
