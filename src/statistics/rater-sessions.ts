/** One sitting of one rater, its items in the order in which they were rated. */
export interface RaterSession {
  /** When it began, in days since 1970-01-01. */
  readonly start: number;
  /** Of each item: `disagreementBeyondItem`, NaN where too few others rated it. */
  readonly disagreements: Float64Array;
  /** Of each item: time spent, NaN where not known. */
  readonly seconds: Float64Array;
}

/** Specification §6.4. */
const FEWEST_SESSIONS = 10;
const FEWEST_ITEMS = 20;

/**
 * The sessions that tell of drift and fatigue, in order of time: those of 20 items or more of which `values` knows one; null
 * where there are not ten of them.
 */
export function raterSessions(
  sessions: readonly RaterSession[],
  values: (session: RaterSession) => Float64Array,
): RaterSession[] | null {
  const long = sessions.filter((session) => {
    const own = values(session);
    return own.length >= FEWEST_ITEMS && own.some((value) => Number.isFinite(value));
  });
  return long.length < FEWEST_SESSIONS ? null : long.sort((a, b) => a.start - b.start);
}
