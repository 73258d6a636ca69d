import { sum } from './sum.ts';

const FEWEST_MEASURES = 5;
const ITERATIONS = 1000;
/** Relative change at which the iteration ends, as in ComBat. */
const CONVERGED = 1e-4;

/** Location γ and scale δ of one measure in one centre of n images, in units of the measure's pooled deviation. */
export interface CentreShift {
  readonly n: number;
  readonly location: number;
  readonly scale: number;
}

export type Shrunken = Omit<CentreShift, 'n'>;

/** Why there is no shrinking. */
export type NotShrunken = 'FEWER_THAN_5_MEASURES' | 'NO_SPREAD_OF_SCALES' | 'NOT_CONVERGED';

/**
 * One centre's shifts of all measures, drawn towards their common mean by parametric empirical Bayes: γ* = (τ²nγ̂ +
 * δ*γ̄)/(τ²n + δ*), δ* = (θ + ½((n−1)δ̂ + n(γ̂−γ*)²))/(n/2 + λ − 1), with γ̄, τ² the mean and variance of γ̂ over the
 * measures, m, s² of δ̂, λ = (2s²+m²)/s², θ = (ms²+m³)/s², until no value changes by 1e-4 of itself. Each n ≥ 2.
 * Johnson, Li & Rabinovic 2007, Biostatistics 8:118.
 */
export function shrinkCentreEffects(shifts: readonly CentreShift[]): readonly Shrunken[] | NotShrunken {
  if (shifts.length < FEWEST_MEASURES) return 'FEWER_THAN_5_MEASURES';
  const location = momentsOf(shifts.map((shift) => shift.location));
  const scale = momentsOf(shifts.map((shift) => shift.scale));
  const lambda = (2 * scale.variance + scale.mean ** 2) / scale.variance;
  const theta = (scale.mean * scale.variance + scale.mean ** 3) / scale.variance;
  if (!Number.isFinite(lambda) || !Number.isFinite(theta)) return 'NO_SPREAD_OF_SCALES';
  const next = ({ n, ...raw }: CentreShift, last: Shrunken): Shrunken => {
    const weight = location.variance * n;
    const drawn = (weight * raw.location + last.scale * location.mean) / (weight + last.scale);
    const squares = (n - 1) * raw.scale + n * (raw.location - drawn) ** 2;
    return { location: drawn, scale: (theta + squares / 2) / (n / 2 + lambda - 1) };
  };
  let now: readonly Shrunken[] = shifts;
  for (let step = 0; step < ITERATIONS; step += 1) {
    const before = now;
    now = shifts.map((shift, measure) => next(shift, before[measure]!));
    if (now.every((value, measure) => isSettled(value, before[measure]!))) return now;
  }
  return 'NOT_CONVERGED';
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = sum(values) / values.length;
  return { mean, variance: sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1) };
}

function isSettled(now: Shrunken, before: Shrunken): boolean {
  const settled = (value: number, last: number) => Math.abs(value - last) <= CONVERGED * Math.abs(last);
  return settled(now.location, before.location) && settled(now.scale, before.scale);
}
