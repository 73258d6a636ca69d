import type { Estimate } from './estimate.ts';

export type Colour = 'GREEN' | 'AMBER' | 'RED' | 'GREY';

/** CONFIRMED: the interval lies inside one band; LIKELY: it touches two; UNRESOLVED: the data cannot tell. */
export type Certainty = 'CONFIRMED' | 'LIKELY' | 'UNRESOLVED';

/** Fewer units than this cannot carry a colour (specification §0.3). */
export const FEWEST_UNITS_FOR_COLOUR = 30;

/** Where amber and red begin on the statistic's own scale. */
export interface Limits {
  readonly amber: number;
  readonly red: number;
}

/** Amber and red lie above their limits, below them, or on both sides (representation and variance ratios). */
export type Bands =
  | ({ readonly worse: 'ABOVE' } & Limits)
  | ({ readonly worse: 'BELOW' } & Limits)
  | { readonly worse: 'BOTH'; readonly below: Limits; readonly above: Limits };

/** `unitsNeeded` (GREY only): how many units would make the interval narrower than the amber band, at least 30. */
export interface Verdict {
  readonly colour: Colour;
  readonly certainty: Certainty;
  readonly unitsNeeded: number | null;
}

const SEVERITY: Record<Colour, number> = { GREEN: 0, GREY: 1, AMBER: 2, RED: 3 };
const DOUBT: Record<Certainty, number> = { CONFIRMED: 0, LIKELY: 1, UNRESOLVED: 2 };

/**
 * The colour rule (specification §0.5), from the interval and never from p. GREEN: the whole interval lies before
 * amber; RED: all of it in red; GREY: fewer than 30 units, no interval, a status other than OK, or an interval
 * from before amber into red; else AMBER. `deterministic` findings (a shared unit, a duplicate) are judged by
 * their value at any number of units. Of two sides the worse counts: RED, AMBER, GREY, GREEN.
 */
export function colour(estimate: Estimate, bands: Bands, deterministic = false): Verdict {
  if (bands.worse === 'BOTH') {
    const below = colour(estimate, { worse: 'BELOW', ...bands.below }, deterministic);
    const above = colour(estimate, { worse: 'ABOVE', ...bands.above }, deterministic);
    const difference =
      SEVERITY[above.colour] - SEVERITY[below.colour] || DOUBT[above.certainty] - DOUBT[below.certainty];
    return difference > 0 ? above : below;
  }
  const limits = deterministic ? point(estimate) : estimate.interval;
  const few = !deterministic && estimate.unitCount < FEWEST_UNITS_FOR_COLOUR;
  if (limits === null || estimate.status !== 'OK' || few) return grey(estimate, bands);
  const [best, worst] = [bandOf(limits.lower, bands), bandOf(limits.upper, bands)].sort(
    (a, b) => SEVERITY[a] - SEVERITY[b],
  ) as [Colour, Colour];
  if (best === worst) return { colour: best, certainty: 'CONFIRMED', unitsNeeded: null };
  if (best === 'GREEN' && worst === 'RED') return grey(estimate, bands);
  return { colour: 'AMBER', certainty: 'LIKELY', unitsNeeded: null };
}

function point(estimate: Estimate): { lower: number; upper: number } | null {
  return estimate.value === null ? null : { lower: estimate.value, upper: estimate.value };
}

function bandOf(value: number, bands: Limits & { worse: 'ABOVE' | 'BELOW' }): Colour {
  const reached = (limit: number) => (bands.worse === 'ABOVE' ? value >= limit : value < limit);
  if (reached(bands.red)) return 'RED';
  return reached(bands.amber) ? 'AMBER' : 'GREEN';
}

/** U · (half-width / half the amber band)², as the half-width shrinks with √U. */
function grey({ interval, unitCount, value, status }: Estimate, { amber, red }: Limits): Verdict {
  const verdict = { colour: 'GREY', certainty: 'UNRESOLVED' } as const;
  if (interval === null) {
    const few = value !== null && unitCount < FEWEST_UNITS_FOR_COLOUR;
    return { ...verdict, unitsNeeded: few ? FEWEST_UNITS_FOR_COLOUR : null };
  }
  if (status !== 'OK' && status !== 'INSUFFICIENT') return { ...verdict, unitsNeeded: null };
  const ratio = (interval.upper - interval.lower) / Math.abs(red - amber);
  const needed = Math.ceil(unitCount * ratio * ratio * (1 - 1e-12));
  const finite = Number.isSafeInteger(needed) ? Math.max(FEWEST_UNITS_FOR_COLOUR, needed) : null;
  return { ...verdict, unitsNeeded: finite };
}
