import type { Colour, Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { worstColour } from '../../statistics/worst-colour.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText } from '../cards/estimate-text.ts';
import type { ReportInput } from '../report-input.ts';
import type { DividedSubjects } from './divided-subjects.ts';
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
  const concerned =
    testShare.value === null || testShare.value > 0
      ? ` In all ${estimateText(testShare, 'PERCENT')} of the test images have a unit, a group or a copy in train.`
      : '';
  return `${found.join('; ')}.${concerned}${pairs}`;
}

interface Finding {
  readonly of: TestShare;
  readonly verdict: Verdict | null;
  /** What one test image has, and what several have. */
  readonly has: readonly [string, string];
  /** What is said where no test image is concerned. */
  readonly elsewhere: string;
}

/** What is coloured, the worst first. */
function findings({ keys, exact, near, declared }: SplitLeakage, train: string): string[] {
  const has = (what: string) => [`has ${what} in ${train}`, `have ${what} in ${train}`] as const;
  const stand = (count: Estimate, what: string) => `${countText(count)} ${what} stand in several parts`;
  const all: Finding[] = [
    {
      of: exact,
      verdict: exact.verdict,
      has: has('a twin'),
      elsewhere: stand(exact.contents, 'identical images'),
    },
    ...keys.map((of) => ({
      of,
      verdict: of.verdict,
      has: [`shares a ${of.key} with ${train}`, `share a ${of.key} with ${train}`] as const,
      elsewhere: stand(of.sharedGroups, `groups of one ${of.key}`),
    })),
    {
      of: declared,
      verdict: declared.verdict,
      has: has('a declared copy'),
      elsewhere: 'declared copies stand in several parts',
    },
    {
      of: near,
      verdict: near.verdict,
      has: has('a near duplicate'),
      elsewhere: stand(near.confirmed, 'pairs of near duplicates'),
    },
  ];
  const coloured = (colour: Colour) => all.filter(({ verdict }) => verdict?.colour === colour);
  return [...coloured('RED'), ...coloured('AMBER')].map(
    ({ of: { testImages }, has: [one, many], elsewhere }) => {
      if (testImages.value === 0 || testImages.status === 'EMPTY') return elsewhere;
      return testImages.value === 1 ? `1 test image ${one}` : `${countText(testImages)} test images ${many}`;
    },
  );
}
