import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { estimateWithInterval, jackknifeEstimate } from './jackknife-estimate.ts';
import { jackknifeInterval, type Range, SHARE } from './jackknife-interval.ts';

export interface LeaveOneUnitOut {
  readonly accuracy: Estimate;
  /** Share of the commonest class: the accuracy of who knows nothing. */
  readonly baseline: Estimate;
  readonly lambda: Estimate;
  readonly tau: Estimate;
}

/** Cells of a bucket: these six sums over its images, then its images of each class. */
export const [HITS, IN_SAMPLE_HITS, SHARES, BASES, IN_SAMPLE_SHARES, IN_SAMPLE_BASES, CLASSES] = [
  0, 1, 2, 3, 4, 5, 6,
] as const;
const AT_MOST_ONE: Range = { lower: -Infinity, upper: 1 };

/** The figures of `leaveOneUnitOut` from the sums of its guesses; `levels`: strata that hold an image. */
export function leftOutFigures(table: BucketedTable, levels: number): LeaveOneUnitOut {
  const { imageCount, unitCount } = table;
  const fault = faultOf(imageCount, unitCount, levels);
  const formula = (of: (cells: readonly number[]) => number) => (cells: readonly number[]) =>
    fault ??
    (commonest(cells) === images(cells) ? noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL') : figure(of(cells)));
  const share = (method: string, of: (cells: readonly number[]) => number) =>
    jackknifeEstimate(table, formula(of), { method, range: SHARE });
  const paired = (method: string, published: number[], inSample: number[]) => {
    const of = ([hits, base]: number[]) => formula((cells) => beyond(cells, hits!, base));
    const interval = pairedInterval(table, of(published), of(inSample));
    return estimateWithInterval(of(published)(table.total), interval, { imageCount, unitCount, method });
  };
  return {
    accuracy: share('accuracy, leave-one-unit-out', (cells) => cells[HITS]! / images(cells)),
    baseline: share('share of the commonest class', (cells) => commonest(cells) / images(cells)),
    lambda: paired('Goodman–Kruskal λ, leave-one-unit-out', [HITS], [IN_SAMPLE_HITS]),
    tau: paired(
      'Goodman–Kruskal τ, leave-one-unit-out',
      [SHARES, BASES],
      [IN_SAMPLE_SHARES, IN_SAMPLE_BASES],
    ),
  };
}

function faultOf(images: number, units: number, levels: number): Figure | null {
  if (images === 0) return noFigure('EMPTY', 'NO_IMAGE');
  if (levels === 1) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  return units === 1 ? noFigure('NOT_APPLICABLE', 'SINGLE_UNIT') : null;
}

/** (hits − base)/(N − base); without a place for the base, that of the commonest class. */
function beyond(cells: readonly number[], hits: number, base?: number): number {
  const chance = base === undefined ? commonest(cells) : cells[base]!;
  return (cells[hits]! - chance) / (images(cells) - chance);
}

function images(cells: readonly number[]): number {
  return cells.slice(CLASSES).reduce((total, count) => total + count, 0);
}

function commonest(cells: readonly number[]): number {
  return Math.max(0, ...cells.slice(CLASSES));
}

type Formula = (cells: readonly number[]) => Figure;

function pairedInterval(table: BucketedTable, published: Formula, inSample: Formula) {
  const pair = jackknife(table, (cells) => [published(cells).value, inSample(cells).value]);
  const [low, high] = pair.map((jackknifed) => jackknifeInterval(jackknifed, AT_MOST_ONE));
  return low && high ? { ...high, lower: low.lower } : null;
}
