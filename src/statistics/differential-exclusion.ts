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
  /** Of the worst against the best level. */
  readonly oddsRatio: Estimate;
}

/**
 * Whether some levels of a factor or label lost more images than others: rows levels, columns kept and excluded;
 * `unitCounts` of each level. Worst and best are chosen among the levels of 30 units or more where there are two of them,
 * so that a level of few units does not stand before what can be told. Newcombe's interval where every image is a unit,
 * else the jackknife; as the pair is one chosen from all pairs of m levels, its level is 1 − .05/(m(m−1)/2), or chance
 * alone would make a finding. Newcombe 1998, Statistics in Medicine 17:873; Benjamini & Yekutieli 2005, JASA 100:71.
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
  const chosen = extremes(levels);
  const { imageCount, unitCount } = table;
  const basis = { imageCount, unitCount, method: 'difference of shares excluded' };
  if (chosen === null) {
    const [difference, odds] = [basis, { ...basis, method: 'odds ratio' }].map((of) =>
      imageCount === 0
        ? notEstimable('EMPTY', 'NO_IMAGE', of)
        : notEstimable('NOT_APPLICABLE', 'SINGLE_LEVEL', of),
    );
    return { levels, worst: null, best: null, difference: difference!, oddsRatio: odds! };
  }
  const { worst, best, level } = chosen;
  const pair: BucketedTable = {
    ...project(table, (counts) =>
      [worst, best].flatMap((level) => [counts[2 * level + 1]!, counts[2 * level]!]),
    ),
    imageCount: levels[worst]!.imageCount + levels[best]!.imageCount,
    unitCount: Math.min(unitCount, unitCounts[worst]! + unitCounts[best]!),
  };
  const nothing = table.total.every((count, cell) => cell % 2 === 0 || count === 0);
  const difference = nothing ? noExclusion(basis, tracked) : differenceOf(pair, basis.method, level);
  return { levels, worst, best, difference, oddsRatio: oddsRatio(pair, level) };
}

function project(
  { total, buckets }: ContingencyTable,
  cells: (counts: readonly number[]) => number[],
): Pick<BucketedTable, 'total' | 'buckets'> {
  return { total: cells(total), buckets: buckets.map(cells) };
}

function extremes(levels: readonly Estimate[]): { worst: number; best: number; level: number } | null {
  const known = levels.flatMap(({ value, unitCount }, level) =>
    value === null ? [] : [{ value, unitCount, level }],
  );
  const large = known.filter(({ unitCount }) => unitCount >= FEWEST_UNITS_FOR_COLOUR);
  const sorted = (large.length >= 2 ? large : known).toSorted(
    (a, b) => b.value - a.value || a.level - b.level,
  );
  const [worst, best] = [sorted[0], sorted.at(-1)];
  if (worst === undefined || best === undefined || worst === best) return null;
  const pairs = (sorted.length * (sorted.length - 1)) / 2;
  return { worst: worst.level, best: best.level, level: 1 - 0.05 / pairs };
}

/** Cells excluded and kept, of the worst and then of the best level. */
function differenceOf(pair: BucketedTable, method: string, level: number): Estimate {
  const [a, b, c, d] = pair.total as [number, number, number, number];
  if (pair.imageCount === pair.unitCount) {
    const newcombe = newcombeDifference(
      { successes: a, trials: a + b },
      { successes: c, trials: c + d },
      level,
    );
    return estimate({ ...newcombe, method });
  }
  const formula = ([e, f, g, h]: readonly number[]) =>
    e! + f! > 0 && g! + h! > 0 ? figure(e! / (e! + f!) - g! / (g! + h!)) : noFigure('EMPTY', 'EMPTY_GROUP');
  return jackknifeEstimate(pair, formula, { method, range: { lower: -1, upper: 1 }, level });
}
