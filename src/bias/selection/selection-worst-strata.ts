import type { Colour, Verdict } from '../../statistics/colour.ts';
import type { LevelSelection } from '../variables/level-selection.ts';
import type { FactorSelection } from './factor-selection.ts';

/** A level that is not shown to stand near its share, with what would bring it there. */
export interface WorstStratum
  extends Pick<LevelSelection, 'level' | 'targetShare' | 'representationRatio' | 'plan' | 'selection'> {
  readonly factor: string;
  readonly verdict: Verdict;
}

const LONGEST_LIST = 50;
const WORST_FIRST: readonly Colour[] = ['RED', 'AMBER', 'GREY'];

/** The levels that are not GREEN: RED, then AMBER, then GREY; in each by the target's share, the largest first. */
export function worstStrata(factors: readonly FactorSelection[]) {
  const found = factors.flatMap(({ name: factor, levels }) =>
    levels.flatMap(({ level, targetShare, representationRatio, plan, selection, verdict }): WorstStratum[] =>
      verdict === null || verdict.colour === 'GREEN'
        ? []
        : [{ factor, level, targetShare, representationRatio, plan, selection, verdict }],
    ),
  );
  const ordered = found.toSorted(
    (a, b) =>
      WORST_FIRST.indexOf(a.verdict.colour) - WORST_FIRST.indexOf(b.verdict.colour) ||
      (b.targetShare ?? 0) - (a.targetShare ?? 0),
  );
  return { worstStrata: ordered.slice(0, LONGEST_LIST), worstStratumCount: ordered.length };
}
