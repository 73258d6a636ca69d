import { type Colour, colour, type Verdict } from '../../statistics/colour.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import type { BiasCounts } from '../bias-counts.ts';
import { type Card, type CaveatCode, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import { judgedAmong } from '../cards/worst-first.ts';
import type { ReportRequest } from '../report-request.ts';
import type { Thresholds } from '../threshold/own-threshold.ts';
import type { LevelSelection } from '../variables/level-selection.ts';
import type { FactorSelection } from './factor-selection.ts';

export interface SelectionCardInput {
  readonly request: Pick<ReportRequest, 'target' | 'targetNames' | 'personal'>;
  readonly counts: BiasCounts;
  readonly thresholds: Thresholds;
}

/** What every card of the report says besides. */
export function commonCaveats({ request, counts }: SelectionCardInput): (CaveatCode | null)[] {
  return [
    counts.population.imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null,
    request.personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
  ];
}

/** Where several targets are declared and none was asked for, none is used. */
export function withoutTarget({ targetNames }: SelectionCardInput['request']): string {
  return targetNames.length > 1
    ? `Several target populations are declared (${targetNames.slice(0, 10).join(', ')}): ask for one by name.`
    : 'No target population is declared: shares are shown, but whether they are right cannot be told.';
}

/** Where the target comes from. */
export function targetSource({ name, source, dated }: NonNullable<ReportRequest['target']>): string {
  return `Target "${name}": ${source.replace(/\.$/, '')}${dated === null ? '' : `, ${dated}`}.`;
}

interface Judged {
  readonly what: string;
  readonly ratio: Estimate;
  readonly verdict: Verdict;
  /** Share of the images of which the factor is unknown. */
  readonly missing: Estimate | null;
}

/** The level that stands worst against the target. */
export function coverageCard(input: SelectionCardInput, factors: readonly FactorSelection[]): Card {
  const { request, counts, thresholds } = input;
  const kind = 'TARGET_COVERAGE';
  const threshold = thresholds.representationRatio;
  const common = [...commonCaveats(input), spectrumKnown(counts) ? null : ('SPECTRUM_UNKNOWN' as const)];
  if (request.target === null) {
    const headline = none(counts, 'NO_TARGET_DECLARED');
    const verdict = colour(headline, threshold.bands);
    const sentence = withoutTarget(request);
    return card({ kind, verdict, sentence, headline, threshold, caveats: ['NO_TARGET_DECLARED', ...common] });
  }
  const unmet = unrecordedFactors(input, factors);
  const judged = judgedAmong([...judgedLevels(factors), ...unmet], ({ ratio }) => ratio, { nothing: 1 });
  const worst = worstOf(judged) ?? noLevel(counts, thresholds);
  return card({
    kind,
    verdict: worst.verdict,
    sentence: `${sentenceOf(worst)}${missingText(worst)} ${targetSource(request.target)}`,
    headline: worst.ratio,
    threshold,
    caveats: [
      ...common,
      unmet.length > 0 ? 'TARGET_NOT_RECORDED' : null,
      factors.some(({ outsideTarget }) => outsideTarget) ? 'OUTSIDE_TARGET' : null,
      factors.some(({ hasTarget, levels }) => hasTarget && missingOf(levels) !== null)
        ? 'MISSING_DROPPED'
        : null,
    ],
  });
}

function sentenceOf({ what, ratio, verdict }: Judged): string {
  if (verdict.colour === 'GREEN') return 'Every level of the target stands within .8 to 1.2 of its share.';
  if (ratio.reason === 'OUT_OF_TARGET') return `${what} has images, and no share in the target.`;
  if (verdict.colour === 'GREY')
    return `${notEnoughData(verdict)} ${what}: ${estimateText(ratio)} of its share.`;
  return `${what} stands at ${estimateText(ratio)} of its share.`;
}

function missingText({ missing, verdict }: Judged): string {
  if (missing?.value == null || verdict.colour === 'GREEN') return '';
  return ` The factor is unknown in ${estimateText(missing, 'PERCENT')} of the images.`;
}

function missingOf(levels: readonly LevelSelection[]): Estimate | null {
  return levels.find(({ kind }) => kind === 'MISSING')?.share ?? null;
}

function judgedLevels(factors: readonly FactorSelection[]): Judged[] {
  return factors.flatMap(({ name, levels }) =>
    levels.flatMap(({ level, verdict, representationRatio: ratio }) =>
      verdict === null ? [] : [{ what: `${name} "${level}"`, ratio, verdict, missing: missingOf(levels) }],
    ),
  );
}

/** Factors the target speaks of and the report could not look at. */
function unrecordedFactors(
  { request, counts, thresholds }: SelectionCardInput,
  factors: readonly FactorSelection[],
): Judged[] {
  const seen = new Set(factors.map(({ name }) => name));
  const asked = new Set(request.target!.shares.map(({ factor }) => factor));
  return [...asked]
    .filter((factor) => !seen.has(factor))
    .map((what) => {
      const ratio = none(counts, counts.factors.find(({ name }) => name === what)?.status ?? 'NOT_RECORDED');
      return { what, ratio, verdict: colour(ratio, thresholds.representationRatio.bands), missing: null };
    });
}

const WORST_FIRST: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];

function worstOf(judged: readonly Judged[]): Judged | undefined {
  const distance = ({ value }: Estimate) => (value === null ? 0 : Math.abs(Math.log(Math.max(value, 1e-9))));
  return judged.toSorted(
    (a, b) =>
      WORST_FIRST.indexOf(a.verdict.colour) - WORST_FIRST.indexOf(b.verdict.colour) ||
      distance(b.ratio) - distance(a.ratio),
  )[0];
}

function noLevel(counts: BiasCounts, thresholds: Thresholds): Judged {
  const ratio = none(counts, 'NO_LEVEL_OF_ONE_PERCENT');
  return {
    what: 'No level',
    ratio,
    verdict: colour(ratio, thresholds.representationRatio.bands),
    missing: null,
  };
}

function none({ population: { imageCount, unitCount } }: BiasCounts, reason: string): Estimate {
  return notEstimable('NOT_APPLICABLE', reason, { imageCount, unitCount, method: 'representation ratio' });
}

/** Whether anything says how hard a case is: a field of that name that images have. */
function spectrumKnown({ factors }: BiasCounts): boolean {
  return factors.some(
    ({ name, status }) => status === 'COUNTED' && /difficult|severity|grade|stage/i.test(name),
  );
}
