import { disagreementBeyondItem } from '../../statistics/disagreement-beyond-item.ts';
import type { RaterSession } from '../../statistics/rater-sessions.ts';
import type { RaterColumns } from './rater-columns.ts';

/** A pause of an hour ends a session: a convention of this project. */
const SESSION_PAUSE = 3_600_000;
const DAY = 86_400_000;

/** A rater's ratings of known moment, in order of time, in sessions that a pause ends. */
export function sessionsOfRaters(
  { columns, at, seconds, raters }: RaterColumns,
  tooMany: boolean,
): Map<number, RaterSession[]> {
  if (tooMany || at.every(Number.isNaN)) return new Map();
  const beyond = disagreementBeyondItem(columns);
  const places = raters.map((): number[] => []);
  columns.raterOf.forEach((rater, place) => {
    if (rater >= 0 && !Number.isNaN(at[place]!)) places[rater]!.push(place);
  });
  return new Map(
    places.map((own, rater) => {
      own.sort((a, b) => at[a]! - at[b]! || a - b);
      const sessions: number[][] = [];
      for (const [index, place] of own.entries()) {
        if (index === 0 || at[place]! - at[own[index - 1]!]! > SESSION_PAUSE) sessions.push([]);
        sessions.at(-1)!.push(place);
      }
      return [
        rater,
        sessions.map((session) => ({
          start: at[session[0]!]! / DAY,
          disagreements: Float64Array.from(session, (place) => beyond[place]!),
          seconds: Float64Array.from(session, (place) => seconds[place]!),
        })),
      ];
    }),
  );
}
