import { cumulativeSum } from './cumulative-sum.ts';
import { type Drift, drift } from './drift.ts';
import { type RaterSession, raterSessions } from './rater-sessions.ts';
import { sum } from './sum.ts';

export interface SessionStep {
  /** Starts of the session in which the rater began to leave the reference, and of that in which it was noticed. */
  readonly since: number;
  readonly noticed: number;
  readonly direction: 'UP' | 'DOWN';
}

export interface RaterDrift {
  /** Of weekly means of d; null with fewer than ten sessions of 20 items with overlap. Its `steps` are of weeks. */
  readonly weekly: Drift | null;
  /** Of session means; null where there are 20 sessions or fewer, or the first 20 are all equal. */
  readonly steps: readonly SessionStep[] | null;
}

/** The first sessions, which give mean and standard deviation; fewer would alarm falsely too often. */
const REFERENCE_SESSIONS = 20;
const ALARM_LIMIT = 5;

/**
 * Whether a rater comes to disagree more or less over time with the others of the same items: Mann–Kendall and Sen on weekly means of
 * d (`drift`: fewer than ten weeks, INSUFFICIENT), and CUSUM (k = ½, h = 5) on session means. Specification §6.4; Page 1954,
 * Biometrika 41:100.
 */
export function raterDrift(sessions: readonly RaterSession[]): RaterDrift {
  const long = raterSessions(sessions, ({ disagreements }) => disagreements);
  if (long === null) return { weekly: null, steps: null };
  return { weekly: weekly(long), steps: stepsOf(long) };
}

const knownOf = ({ disagreements }: RaterSession) => Array.from(disagreements).filter(Number.isFinite);

/** Weeks from Monday. */
function weekly(sessions: readonly RaterSession[]): Drift {
  const weeks = new Map<number, number[]>();
  for (const session of sessions) {
    const start = Math.floor((session.start + 3) / 7) * 7 - 3;
    weeks.set(start, [...(weeks.get(start) ?? []), ...knownOf(session)]);
  }
  const series = [...weeks].map(([start, values]) => ({ start, values, mean: sum(values) / values.length }));
  const items = sum(series.map(({ values }) => values.length));
  const squares = sum(series.map(({ values, mean }) => sum(values.map((value) => (value - mean) ** 2))));
  return drift({
    group: 0,
    length: 7,
    starts: Int32Array.from(series, ({ start }) => start),
    means: Float64Array.from(series, ({ mean }) => mean),
    withinDeviation: items > series.length ? Math.sqrt(squares / (items - series.length)) : null,
    imageCount: items,
    unitCount: sessions.length,
  });
}

function stepsOf(sessions: readonly RaterSession[]): SessionStep[] | null {
  if (sessions.length <= REFERENCE_SESSIONS) return null;
  const means = sessions.map((session) => sum(knownOf(session)) / knownOf(session).length);
  const reference = means.slice(0, REFERENCE_SESSIONS);
  const mean = sum(reference) / REFERENCE_SESSIONS;
  const squares = sum(reference.map((value) => (value - mean) ** 2));
  const deviation = Math.sqrt(squares / (REFERENCE_SESSIONS - 1));
  if (!(deviation > 1e-12)) return null;
  const standardized = means.map((value) => (value - mean) / deviation);
  return cumulativeSum(standardized, ALARM_LIMIT).alarms.map(({ at, since, direction }) => ({
    since: sessions[since]!.start,
    noticed: sessions[at]!.start,
    direction,
  }));
}
