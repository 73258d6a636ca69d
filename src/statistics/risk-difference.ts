import { type Figure, figure, noFigure } from './figure.ts';

export interface RiskDifference {
  readonly crude: Figure;
  readonly standardized: Figure;
  /** Share of the images that lie in strata where both groups are present. */
  readonly coverage: Figure;
}

const LEAST_COVERAGE = 0.5;

/**
 * How much oftener an outcome is with a value than without, over all of K strata and held to them; cells of stratum k
 * [with & outcome, with & none, without & outcome, without & none], one stratum after the other. Crude: of the sums over
 * the strata. Standardized: Σ (N_k/N)·RD_k over the strata where both groups are present, N the images of those. Range
 * [−1, 1]. One group empty: NOT_APPLICABLE SINGLE_LEVEL; coverage below .5: standardized NOT_APPLICABLE NO_OVERLAP.
 * Direct standardization: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 15.
 */
export function riskDifference(cells: readonly number[]): RiskDifference {
  let [both, with_, alone, without] = [0, 0, 0, 0];
  let [weighted, covered] = [0, 0];
  for (let cell = 0; cell < cells.length; cell += 4) {
    const [a, c] = [cells[cell]!, cells[cell + 2]!];
    const [m, n] = [a + cells[cell + 1]!, c + cells[cell + 3]!];
    both += a;
    with_ += m;
    alone += c;
    without += n;
    if (m === 0 || n === 0) continue;
    covered += m + n;
    weighted += (m + n) * (a / m - c / n);
  }
  const images = with_ + without;
  const all = (fault: Figure, coverage: Figure) => ({ crude: fault, standardized: fault, coverage });
  if (images === 0) return all(noFigure('EMPTY', 'NO_IMAGE'), noFigure('EMPTY', 'NO_IMAGE'));
  const coverage = figure(covered / images);
  if (with_ === 0 || without === 0) return all(noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL'), coverage);
  const overlap = covered / images >= LEAST_COVERAGE;
  return {
    crude: figure(both / with_ - alone / without),
    standardized: overlap ? figure(weighted / covered) : noFigure('NOT_APPLICABLE', 'NO_OVERLAP'),
    coverage,
  };
}
