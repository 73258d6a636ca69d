import { breslowDay } from './breslow-day.ts';
import type { Estimate } from './estimate.ts';
import type { Figure } from './figure.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { jackknifeInterval, SHARE } from './jackknife-interval.ts';
import { mantelHaenszelOddsRatio } from './mantel-haenszel-odds-ratio.ts';
import { riskDifference } from './risk-difference.ts';
import type { StratifiedTest } from './stratified-table.ts';

/**
 * REVERSAL: the difference changes sign once the strata are held fixed; MASKED: it appears only then; EXPLAINED: it is
 * gone then; null: none of them.
 */
export type ConfoundingVerdict = 'REVERSAL' | 'MASKED' | 'EXPLAINED';

export interface Confounding {
  readonly crude: Estimate;
  readonly standardized: Estimate;
  /** Share of the images in strata that hold both groups. */
  readonly coverage: Estimate;
  readonly verdict: ConfoundingVerdict | null;
  /** Common to the strata. */
  readonly oddsRatio: Estimate;
  /** Breslow–Day: q of its p in the family of a report tells whether the strata are HETEROGENEOUS. */
  readonly heterogeneity: StratifiedTest;
}

const NOTICEABLE = 0.02;
const CLEAR = 0.05;
const DIFFERENCE = { lower: -1, upper: 1 };

/**
 * Is the difference in one class between images with and without one value owed to a stratifier? Cells of `riskDifference`.
 * REVERSAL: signs of crude and standardized differ, both intervals exclude 0 and both sizes are at least .02; MASKED:
 * |crude| < .02 ≤ |standardized|; EXPLAINED: |crude| ≥ .05 and |standardized| < .02. Simpson 1951, JRSS B 13:238;
 * specification §3.
 */
export function confounding(table: BucketedTable): Confounding {
  const whole = riskDifference(table.total);
  const jackknifed = jackknife(table, (cells) => {
    const { crude, standardized, coverage } = riskDifference(cells);
    return [crude.value, standardized.value, coverage.value];
  });
  const { imageCount, unitCount } = table;
  const join = (figure: Figure, place: number, method: string, range = DIFFERENCE) =>
    estimateWithInterval(figure, jackknifeInterval(jackknifed[place]!, range), {
      imageCount,
      unitCount,
      method,
    });
  const crude = join(whole.crude, 0, 'risk difference');
  const standardized = join(whole.standardized, 1, 'risk difference, standardized to all strata');
  return {
    crude,
    standardized,
    coverage: join(whole.coverage, 2, 'share in strata with both groups', SHARE),
    verdict: verdictOf(crude, standardized),
    oddsRatio: mantelHaenszelOddsRatio(table),
    heterogeneity: breslowDay(table),
  };
}

function verdictOf(crude: Estimate, standardized: Estimate): ConfoundingVerdict | null {
  if (crude.value === null || standardized.value === null) return null;
  const [before, after] = [Math.abs(crude.value), Math.abs(standardized.value)];
  const opposite = crude.value * standardized.value < 0;
  const noticed = Math.min(before, after) >= NOTICEABLE;
  if (opposite && noticed && excludesZero(crude) && excludesZero(standardized)) return 'REVERSAL';
  if (before < NOTICEABLE && after >= NOTICEABLE) return 'MASKED';
  return before >= CLEAR && after < NOTICEABLE ? 'EXPLAINED' : null;
}

function excludesZero({ interval }: Estimate): boolean {
  return interval !== null && (interval.lower > 0 || interval.upper < 0);
}
