import { type Estimate, estimate, type Interval } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { jackknifeInterval } from './jackknife-interval.ts';
import { normalQuantile } from './normal-quantile.ts';
import { sum } from './sum.ts';

/**
 * OR = ad/(bc) of cells [a, b, c, d]: two rows, with and without the property. Range (0, ∞), 1 is par. If any cell is 0,
 * .5 is added to each. Interval of ln OR: ± z·√(1/a + 1/b + 1/c + 1/d) where every image is a unit, else the jackknife.
 * No image: EMPTY; an empty row or column: NOT_APPLICABLE. Woolf 1955, Annals of Human Genetics 19:251; Haldane 1956.
 */
export function oddsRatio(table: BucketedTable, level = 0.95): Estimate {
  const { imageCount, unitCount, total } = table;
  const basis = { imageCount, unitCount, method: 'odds ratio' };
  const whole = logarithm(total);
  if (whole.value === null) return estimate({ ...basis, ...whole });
  const interval = imageCount === unitCount ? woolf(total, whole.value, level) : grouped(table, level);
  const raised = interval && {
    ...interval,
    lower: Math.exp(interval.lower),
    upper: Math.exp(interval.upper),
  };
  return estimateWithInterval(figure(Math.exp(whole.value)), raised, basis);
}

function logarithm(cells: readonly number[]): Figure {
  if (sum(cells) === 0) return noFigure('EMPTY', 'NO_IMAGE');
  const [a, b, c, d] = cells as [number, number, number, number];
  if (Math.min(a + b, c + d, a + c, b + d) === 0) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  const [e, f, g, h] = withoutZeros(cells);
  return figure(Math.log(e) + Math.log(h) - Math.log(f) - Math.log(g));
}

function withoutZeros(cells: readonly number[]): [number, number, number, number] {
  const [a, b, c, d] = cells as [number, number, number, number];
  return cells.includes(0) ? [a + 0.5, b + 0.5, c + 0.5, d + 0.5] : [a, b, c, d];
}

function woolf(cells: readonly number[], value: number, level: number): Interval {
  const error = Math.sqrt(sum(withoutZeros(cells).map((count) => 1 / count)));
  const reach = normalQuantile((1 + level) / 2) * error;
  return { lower: value - reach, upper: value + reach, level, method: 'Woolf' };
}

function grouped(table: BucketedTable, level: number): Interval | null {
  const [jackknifed] = jackknife(table, (cells) => [logarithm(cells).value]);
  return jackknifed ? jackknifeInterval(jackknifed, undefined, level) : null;
}
