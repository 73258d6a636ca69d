import { FEWEST_UNITS_FOR_COLOUR } from './colour.ts';
import type { ContingencyTable } from './contingency-table.ts';
import { type Estimate, estimate, notEstimable } from './estimate.ts';
import { figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { newcombeDifference } from './newcombe-difference.ts';
import { noExclusion } from './no-exclusion.ts';
import { oddsRatio } from './odds-ratio.ts';
import { proportion } from './proportion.ts';

export interface DifferentialExclusion {
  /** Share excluded of each level. */
  readonly levels: readonly Estimate[];
  /** The levels that lost most and least; null where fewer than two hold images. */
  readonly worst: number | null;
  readonly best: number | null;
  /** Share excluded of the worst less that of the best level, range [0, 1]. */
  readonly difference: Estimate;
  readonly oddsRatio: Estimate;
}

/**
 * Whether some levels of a factor or label lost more images than others: rows levels, columns kept and excluded;
 * `unitCounts` of each level. Worst and best are chosen among the levels of 30 units or more where there are two of them,
 * so that a level of few units does not stand before what can be told. Newcombe's interval where every image is a unit,
 * else the jackknife. Newcombe 1998, Statistics in Medicine 17:873.
 */
export function differentialExclusion(
  table: ContingencyTable,
  unitCounts: readonly number[],
  tracked: boolean,
): DifferentialExclusion {
  const levels = unitCounts.map((unitCount, level) => {
    const cells = project(table, ([...counts]) => [
      counts[2 * level + 1]!,
      counts[2 * level]! + counts[2 * level + 1]!,
    ]);
    return proportion({ ...cells, imageCount: cells.total[1]!, unitCount }, 'share excluded');
  });
  const [worst, best] = extremes(levels);
  const { imageCount, unitCount } = table;
  const basis = { imageCount, unitCount, method: 'difference of shares excluded' };
  if (worst === null || best === null) {
    const [difference, odds] = [basis, { ...basis, method: 'odds ratio' }].map((of) =>
      imageCount === 0
        ? notEstimable('EMPTY', 'NO_IMAGE', of)
        : notEstimable('NOT_APPLICABLE', 'SINGLE_LEVEL', of),
    );
    return { levels, worst, best, difference: difference!, oddsRatio: odds! };
  }
  const pair: BucketedTable = {
    ...project(table, (counts) =>
      [worst, best].flatMap((level) => [counts[2 * level + 1]!, counts[2 * level]!]),
    ),
    imageCount: levels[worst]!.imageCount + levels[best]!.imageCount,
    unitCount: Math.min(unitCount, unitCounts[worst]! + unitCounts[best]!),
  };
  const nothing = table.total.every((count, cell) => cell % 2 === 0 || count === 0);
  const difference = nothing ? noExclusion(basis, tracked) : differenceOf(pair, basis.method);
  return { levels, worst, best, difference, oddsRatio: oddsRatio(pair) };
}

function project(
  { total, buckets }: ContingencyTable,
  cells: (counts: readonly number[]) => number[],
): Pick<BucketedTable, 'total' | 'buckets'> {
  return { total: cells(total), buckets: buckets.map(cells) };
}

function extremes(levels: readonly Estimate[]): [number | null, number | null] {
  const known = levels.flatMap(({ value, unitCount }, level) =>
    value === null ? [] : [{ value, unitCount, level }],
  );
  const large = known.filter(({ unitCount }) => unitCount >= FEWEST_UNITS_FOR_COLOUR);
  const sorted = (large.length >= 2 ? large : known).toSorted(
    (a, b) => b.value - a.value || a.level - b.level,
  );
  if (sorted.length < 2) return [null, null];
  return [sorted[0]!.level, sorted.at(-1)!.level];
}

/** Cells excluded and kept, of the worst and then of the best level. */
function differenceOf(pair: BucketedTable, method: string): Estimate {
  const [a, b, c, d] = pair.total as [number, number, number, number];
  if (pair.imageCount === pair.unitCount) {
    const newcombe = newcombeDifference({ successes: a, trials: a + b }, { successes: c, trials: c + d });
    return estimate({ ...newcombe, method });
  }
  const formula = ([e, f, g, h]: readonly number[]) =>
    e! + f! > 0 && g! + h! > 0 ? figure(e! / (e! + f!) - g! / (g! + h!)) : noFigure('EMPTY', 'EMPTY_GROUP');
  return jackknifeEstimate(pair, formula, { method, range: { lower: -1, upper: 1 } });
}
