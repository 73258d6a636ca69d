import type { Estimate, Interval } from './estimate.ts';

/** |θ| with its interval: from 0 where that of θ holds 0. For effects that are as bad in either direction. */
export function magnitude(estimate: Estimate): Estimate {
  const { value, interval } = estimate;
  return {
    ...estimate,
    value: value === null ? null : Math.abs(value),
    interval: interval && sizes(interval),
  };
}

function sizes(interval: Interval): Interval {
  const [one, other] = [Math.abs(interval.lower), Math.abs(interval.upper)];
  const holdsZero = interval.lower <= 0 && interval.upper >= 0;
  return { ...interval, lower: holdsZero ? 0 : Math.min(one, other), upper: Math.max(one, other) };
}
