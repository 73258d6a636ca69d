import type { Verdict } from '../statistics/colour.ts';
import type { Threshold } from '../statistics/thresholds.ts';
import { worstColour } from '../statistics/worst-colour.ts';
import { type Card, card } from './card.ts';
import type { DividedSubjects } from './divided-subjects.ts';
import { estimateText } from './estimate-text.ts';
import type { ReportInput } from './report-input.ts';
import { splitCaveats } from './split-cards.ts';
import { countText, type TestShare } from './split-counts.ts';
import type { SplitLeakage } from './split-leaks.ts';

/** Any is too many, so there are no limits to speak of. */
const LEAKAGE: Threshold = {
  bands: { worse: 'ABOVE', amber: 0, red: 0 },
  origin: 'CONVENTION',
  source: 'any shared unit, group or identical copy is red, any near duplicate or shared session amber',
};

/** What voids the score of the test part, or casts doubt on it (specification §5.1, §8). */
export function leakageCard(divided: DividedSubjects, leakage: SplitLeakage, input: ReportInput): Card {
  const verdict = leakageVerdict(leakage);
  const { keys, exact, near } = leakage;
  const { subjects, group } = divided;
  const unknown = keys.some(({ key, verdict: of }) => key === group && of?.colour === 'GREY');
  return card({
    kind: 'LEAKAGE',
    verdict,
    sentence: sentenceOf(divided, leakage, verdict),
    headline: leakage.testShare,
    threshold: LEAKAGE,
    caveats: [
      subjects.unitKnown.includes(0) ? 'UNIT_UNKNOWN' : null,
      unknown && group !== 'unit' ? 'GROUP_UNKNOWN' : null,
      exact.knownImages.value === subjects.imageCount ? null : 'BYTES_UNKNOWN',
      near.isExamined ? null : 'LOOKS_NOT_COMPARED',
      ...splitCaveats(divided, input),
    ],
  });
}

/** GREEN only where units, groups, bytes and looks were all looked at. */
function leakageVerdict({ keys, exact, near, declared }: SplitLeakage): Verdict {
  const verdicts = [
    ...keys.flatMap(({ weight, verdict }) =>
      verdict === null || (weight === 'AMBER' && verdict.colour === 'GREY') ? [] : [verdict],
    ),
    exact.verdict,
    near.verdict,
    ...(declared.verdict === null ? [] : [declared.verdict]),
  ];
  const colour = worstColour(verdicts.map((verdict) => verdict.colour));
  return verdicts.find((verdict) => verdict.colour === colour)!;
}

function sentenceOf({ roles }: DividedSubjects, leakage: SplitLeakage, { colour }: Verdict): string {
  if (roles.takenBy === 'NONE') return 'The split has one part: there is no test set that could leak.';
  const { near, testShare } = leakage;
  const pairs = near.isExamined
    ? ` ${countText(near.confirmed)} of ${countText(near.candidates)} candidate pairs of near duplicates across parts are confirmed.`
    : '';
  if (colour === 'GREEN') return `No shared unit, no duplicate.${pairs}`;
  const found = findings(leakage, roles.takenBy === 'FOLDS' ? 'another fold' : 'train');
  if (found.length === 0)
    return `Not enough data to tell: nothing shared was found, but not everything could be looked at.${pairs}`;
  return `${found.join('; ')}. Concerned in all: ${estimateText(testShare, 'PERCENT')} of the test images.${pairs}`;
}

/** The worst first. */
function findings({ keys, exact, near, declared }: SplitLeakage, train: string): string[] {
  const says = (of: TestShare, verdict: Verdict | null, twin: string, elsewhere: string) =>
    verdict === null || (verdict.colour !== 'RED' && verdict.colour !== 'AMBER')
      ? []
      : [
          {
            verdict,
            text:
              of.testImages.value === 0 || of.testImages.status === 'EMPTY'
                ? elsewhere
                : `${countText(of.testImages)} test images ${twin}`,
          },
        ];
  const all = [
    ...says(
      exact,
      exact.verdict,
      `have a twin in ${train}`,
      `${countText(exact.contents)} contents stand in several parts`,
    ),
    ...keys.flatMap((of) =>
      says(
        of,
        of.verdict,
        `share a ${of.key} with ${train}`,
        `${countText(of.sharedGroups)} of key ${of.key} stand in several parts`,
      ),
    ),
    ...says(
      declared,
      declared.verdict,
      `have a declared copy in ${train}`,
      'declared copies stand in several parts',
    ),
    ...says(
      near,
      near.verdict,
      `have a near duplicate in ${train}`,
      `${countText(near.confirmed)} near duplicates stand in several parts`,
    ),
  ];
  return [
    ...all.filter(({ verdict }) => verdict.colour === 'RED'),
    ...all.filter(({ verdict }) => verdict.colour === 'AMBER'),
  ].map(({ text }) => text);
}
