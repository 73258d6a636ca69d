import { type Estimate, estimate, type Interval, notEstimable } from './estimate.ts';
import { fTails } from './f-tails.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { jackknifeInterval, SHARE } from './jackknife-interval.ts';
import { type SumsOfSquares, sumsOfSquares } from './sums-of-squares.ts';

export interface AnalysisOfVariance {
  readonly fStatistic: Estimate;
  readonly etaSquared: Estimate;
  readonly epsilonSquared: Estimate;
  /** The headline. */
  readonly omegaSquared: Estimate;
  readonly degreesOfFreedom: { readonly between: number; readonly within: number };
}

/**
 * How much of a measure's variance a factor explains, from 3k cells: n of each of k levels, then Σx, then Σx² (x centred
 * by a constant of the measure, for raw squares lose digits). SSB = Σ n_i(x̄_i − x̄)², SSW = Σ(Σx² − (Σx)²/n_i),
 * F = (SSB/(k−1))/(SSW/(N−k)); η² = SSB/SST, ε² = (SSB − (k−1)MSW)/SST, ω² = (SSB − (k−1)MSW)/(SST + MSW), range [0, 1];
 * negative ε², ω²: 0, BOUNDARY. Interval of ω² and ε²: their jackknife lower limit, the upper limit of η². p only where
 * each unit gives one value (N = U; else feed unit means). k = 1: NOT_APPLICABLE; SST = 0: UNDEFINED; SSW = 0 < SSB: η² = 1,
 * F null, DEGENERATE. Fisher 1925; Kelley 1935 (ε²); Hays 1963 (ω²).
 */
export function analysisOfVariance(table: BucketedTable): AnalysisOfVariance {
  const { imageCount, unitCount } = table;
  const basis = (method: string) => ({ imageCount, unitCount, method });
  const sums = sumsOfSquares(table.total);
  const whole = effects(sums);
  const replicates = jackknife(table, (cells) => effects(sumsOfSquares(cells)).map((effect) => effect.value));
  const [eta, epsilon, omega] = replicates.map((jackknifed) => jackknifeInterval(jackknifed, SHARE));
  const paired = (low: Interval | null | undefined) => (eta && low ? { ...eta, lower: low.lower } : null);
  const test = fTest(sums, unitCount);
  return {
    fStatistic: fEstimate(sums, test, basis('F of the one-way analysis of variance')),
    etaSquared: estimateWithInterval(whole[0], eta ?? null, basis('eta squared'), test.p),
    epsilonSquared: estimateWithInterval(
      floored(whole[1]),
      paired(epsilon),
      basis('epsilon squared'),
      test.p,
    ),
    omegaSquared: estimateWithInterval(floored(whole[2]), paired(omega), basis('omega squared'), test.p),
    degreesOfFreedom: {
      between: Math.max(0, sums.levels - 1),
      within: Math.max(0, sums.count - sums.levels),
    },
  };
}

/** η², ε² and ω², the latter two before they are floored at 0. */
function effects({ levels, count, between, within, fault }: SumsOfSquares): [Figure, Figure, Figure] {
  if (fault !== null) return [fault, fault, fault];
  const whole = between + within;
  if (within === 0) {
    const one = figure(1, 'DEGENERATE', 'ZERO_WITHIN_VARIANCE');
    const other = count > levels ? one : noFigure('DEGENERATE', 'ZERO_WITHIN_VARIANCE');
    return [one, other, other];
  }
  const mean = within / (count - levels);
  const explained = between - (levels - 1) * mean;
  return [figure(between / whole), figure(explained / whole), figure(explained / (whole + mean))];
}

function floored(effect: Figure): Figure {
  return effect.value !== null && effect.value < 0 ? figure(0, 'BOUNDARY', 'NEGATIVE_ESTIMATE') : effect;
}

function fTest(
  { levels, count, between, within }: SumsOfSquares,
  units: number,
): { f: number | null; p: number | null } {
  if (levels < 2 || within === 0 || count <= levels) return { f: null, p: null };
  const f = between / (levels - 1) / (within / (count - levels));
  if (!Number.isFinite(f)) return { f: null, p: null };
  return { f, p: count === units ? fTails(f, levels - 1, count - levels).upper : null };
}

function fEstimate(
  sums: SumsOfSquares,
  { f, p }: { f: number | null; p: number | null },
  basis: { imageCount: number; unitCount: number; method: string },
): Estimate {
  if (f !== null)
    return estimate({ ...basis, value: f, p, reason: p === null ? 'UNITS_REPEAT' : 'TEST_STATISTIC' });
  const fault = effects(sums)[0];
  return fault.status === 'OK' || fault.status === 'BOUNDARY'
    ? notEstimable('UNDEFINED', 'VALUE_NOT_FINITE', basis)
    : notEstimable(fault.status, fault.reason ?? fault.status, basis);
}
