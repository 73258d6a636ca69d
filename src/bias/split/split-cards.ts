import type { Colour, Verdict } from '../../statistics/colour.ts';
import { notEstimable } from '../../statistics/estimate.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { worstColour } from '../../statistics/worst-colour.ts';
import { type Card, type CardKind, type CaveatCode, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import type { ReportInput } from '../report-input.ts';
import type { DividedSubjects } from './divided-subjects.ts';
import type { AdversarialValidation } from './split-adversarial.ts';
import type { SplitHoles, VariableBalance } from './split-levels.ts';
import type { TestedClass } from './split-test-size.ts';

export const GREY: Verdict = { colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: null };

const TEST_SIZE: Threshold = {
  bands: { worse: 'ABOVE', amber: 0.1, red: 0.5 },
  origin: 'CONVENTION',
  source: 'half-width of Wilson’s interval around a score of 90 %; 37 units give .10, fewer are grey',
};

/** The cards of a split with one part alone: the question does not arise. */
export function onePartCards({ subjects, clusters, roles }: DividedSubjects, input: ReportInput): Card[] {
  const basis = { imageCount: subjects.imageCount, unitCount: clusters.unitCount };
  const kinds: readonly [CardKind, Threshold][] = [
    ['SPLIT_BALANCE', input.thresholds.standardizedDifference],
    ['ADVERSARIAL', input.thresholds.adversarialAuc],
    ['TEST_SIZE', TEST_SIZE],
  ];
  const sentence =
    roles.names.length === 0
      ? 'The split assigns no image that is kept.'
      : 'The split has one part: there is no test set to ask about.';
  return kinds.map(([kind, threshold]) => {
    const headline = notEstimable('NOT_APPLICABLE', 'ONE_PART', { ...basis, method: 'split' });
    return card({ kind, verdict: GREY, sentence, headline, threshold, caveats: [] });
  });
}

/** What a card of a split always says besides. */
export function splitCaveats({ roles }: DividedSubjects, { request }: ReportInput): (CaveatCode | null)[] {
  return [
    roles.takenBy === 'POSITION' ? 'PARTS_BY_POSITION' : null,
    request.external ? 'EXTERNAL_TEST' : null,
    request.personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
  ];
}

/** The variable in which parts differ most; none where an external test part is all there is to compare. */
export function balanceCard(
  divided: DividedSubjects,
  balance: readonly VariableBalance[],
  holes: SplitHoles,
  input: ReportInput,
): Card[] {
  const judged = balance.flatMap(({ name, compared }) =>
    compared.flatMap((part) => (part.verdict === null ? [] : [{ name, part, verdict: part.verdict }])),
  );
  if (judged.length === 0 && balance.length > 0) return [];
  const colour = worstColour(judged.map(({ verdict }) => verdict.colour));
  const worst = judged.find(({ verdict }) => verdict.colour === colour);
  const { imageCount } = divided.subjects;
  const basis = { imageCount, unitCount: divided.clusters.unitCount, method: 'standardized difference' };
  const reason = divided.exams.length === 0 ? 'TOO_MANY_PARTS' : 'NO_FACTOR';
  const verdict = worst?.verdict ?? GREY;
  return [
    card({
      kind: 'SPLIT_BALANCE',
      verdict,
      sentence: [balanceSentence(worst, verdict), holesSentence(holes)].join(' ').trim(),
      headline: worst?.part.standardizedDifference ?? notEstimable('NOT_APPLICABLE', reason, basis),
      threshold: input.thresholds.standardizedDifference,
      caveats: splitCaveats(divided, input),
    }),
  ];
}

function balanceSentence(
  worst: { name: string; part: VariableBalance['compared'][number] } | undefined,
  verdict: Verdict,
): string {
  if (worst === undefined) return 'There is nothing to compare the parts by.';
  const { part, kind, standardizedDifference, percentile } = worst.part;
  const against = kind === 'FOLD' ? `${part} and the other folds` : `${part} and train`;
  const place =
    percentile.value === null ? '' : `, beyond ${Math.floor(percentile.value * 100)} % of random splits`;
  const text = `${worst.name} differs most between ${against}: standardized difference ${estimateText(standardizedDifference)}${place}.`;
  if (verdict.colour === 'GREY')
    return `${notEnoughData(verdict)} ${text}${worst.part.isBeyondChance === false ? ' Among so many comparisons chance can do as much.' : ''}`;
  return verdict.colour === 'GREEN' ? `The parts are alike in every factor and label. ${text}` : text;
}

function holesSentence({ unmeasurableCount, unseenCount }: SplitHoles): string {
  const levels = (count: number) => `${count} ${count === 1 ? 'level' : 'levels'}`;
  return [
    unmeasurableCount === 0 ? '' : `Test cannot measure ${levels(unmeasurableCount)}.`,
    unseenCount === 0 ? '' : `Train has never seen ${levels(unseenCount)} of test.`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** How well the parts can be told apart; none where an external test part is meant to differ. */
export function adversarialCard(
  divided: DividedSubjects,
  { area, verdict, telling }: AdversarialValidation,
  input: ReportInput,
): Card[] {
  if (verdict === null) return [];
  const parts = divided.roles.takenBy === 'FOLDS' ? 'the folds' : 'test and train';
  const most = telling
    .slice(0, 3)
    .map(({ attribute, level }) => `${attribute} "${level}"`)
    .join(', ');
  const found = `Metadata and quality tell ${parts} apart with an AUC of ${estimateText(area)}${most === '' ? '' : `; most telling: ${most}`}.`;
  const texts: Record<Colour, string> = {
    GREEN: `Metadata and quality do not tell ${parts} apart: AUC ${estimateText(area)}.`,
    AMBER: found,
    RED: found,
    GREY: `${notEnoughData(verdict)} AUC of ${parts}: ${estimateText(area)}.`,
  };
  return [
    card({
      kind: 'ADVERSARIAL',
      verdict,
      sentence: texts[verdict.colour],
      headline: area,
      threshold: input.thresholds.adversarialAuc,
      caveats: ['DISTINGUISHABLE_NOT_HARMFUL', ...splitCaveats(divided, input)],
    }),
  ];
}

/** The class with the least to score it on. */
export function testSizeCard(
  divided: DividedSubjects,
  tested: readonly TestedClass[],
  input: ReportInput,
): Card {
  const colour = worstColour(tested.map(({ verdict }) => verdict.colour));
  const worst = tested.find(({ verdict }) => verdict.colour === colour)!;
  const few = tested.filter(({ label, verdict }) => label !== null && verdict.colour === 'GREY').length;
  return card({
    kind: 'TEST_SIZE',
    verdict: worst.verdict,
    sentence: testSizeSentence(worst, few),
    headline: worst.halfWidth,
    threshold: TEST_SIZE,
    caveats: [
      divided.subjects.unitKnown.includes(0) ? 'UNIT_UNKNOWN' : null,
      worst.verdict.colour === 'GREY' && worst.label !== null ? 'FEW_UNITS_IN_A_CLASS' : null,
      ...splitCaveats(divided, input),
    ],
  });
}

function testSizeSentence({ label, part, units, halfWidth, verdict }: TestedClass, few: number): string {
  if (verdict.colour === 'RED') return `The part "${part}" holds no image: nothing can be tested.`;
  if (verdict.colour === 'GREEN') return 'Every class has at least 37 units to score it on.';
  const what = label === null ? `The part "${part}"` : `In ${part} the class "${label}"`;
  const others = few > 1 ? ` ${few} classes have fewer than 37 units.` : '';
  if (halfWidth.reason === 'NO_TEST_CASES')
    return `${what} has no image: no score can be given for it.${others}`;
  const count = units.value === null ? 'few units' : `${units.value} of the 37 units it needs`;
  const width =
    halfWidth.value === null ? '' : `: a score of it is known to ±${halfWidth.value.toFixed(2)} at best`;
  return `Not enough data to tell. ${what} has ${count}${width}.${others}`;
}
