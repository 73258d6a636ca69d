import { type Figure, figure, noFigure } from './figure.ts';

export interface RiskDifference {
  readonly crude: Figure;
  /** One for each stratum; null value where one of the two groups is empty. */
  readonly strata: readonly Figure[];
  readonly standardized: Figure;
  /** Share of the images that lie in strata where both groups are present. */
  readonly coverage: Figure;
}

const LEAST_COVERAGE = 0.5;

/**
 * How much oftener an outcome is with a value than without, in each of K strata and over them; cells of stratum k
 * [with & outcome, with & none, without & outcome, without & none], one stratum after the other. Crude: of the sums over
 * the strata. Standardized: Σ (N_k/N)·RD_k over the strata where both groups are present, N the images of those. Range
 * [−1, 1]. One group empty: NOT_APPLICABLE SINGLE_LEVEL; coverage below .5: standardized NOT_APPLICABLE NO_OVERLAP.
 * Direct standardization: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 15.
 */
export function riskDifference(cells: readonly number[]): RiskDifference {
  const [crudely, strata]: [number[], Figure[]] = [[0, 0, 0, 0], []];
  let [weighted, covered, images] = [0, 0, 0];
  for (let cell = 0; cell < cells.length; cell += 4) {
    const [a, b, c, d] = [cells[cell]!, cells[cell + 1]!, cells[cell + 2]!, cells[cell + 3]!];
    const size = a + b + c + d;
    const difference = ofTable(a, b, c, d);
    strata.push(difference);
    images += size;
    [a, b, c, d].forEach((count, place) => {
      crudely[place] = crudely[place]! + count;
    });
    if (difference.value === null) continue;
    covered += size;
    weighted += size * difference.value;
  }
  if (images === 0) {
    const empty = noFigure('EMPTY', 'NO_IMAGE');
    return { crude: empty, strata, standardized: empty, coverage: empty };
  }
  const crude = ofTable(...(crudely as [number, number, number, number]));
  const overlap = covered / images >= LEAST_COVERAGE;
  const standardized = overlap ? figure(weighted / covered) : noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
  return {
    crude,
    strata,
    standardized: crude.value === null ? crude : standardized,
    coverage: figure(covered / images),
  };
}

function ofTable(a: number, b: number, c: number, d: number): Figure {
  if (a + b === 0 || c + d === 0) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  return figure(a / (a + b) - c / (c + d));
}
