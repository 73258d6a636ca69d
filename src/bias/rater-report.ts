import { annotatorAccuracy } from '../statistics/annotator-accuracy.ts';
import { annotatorInformation } from '../statistics/annotator-information.ts';
import { colour } from '../statistics/colour.ts';
import { dawidSkeneByComponent, type FittedComponent } from '../statistics/dawid-skene-by-component.ts';
import { disagreementBeyondItem } from '../statistics/disagreement-beyond-item.ts';
import { type Estimate, estimate, notEstimable } from '../statistics/estimate.ts';
import { fatigue } from '../statistics/fatigue.ts';
import { identityFindings } from '../statistics/identity-findings.ts';
import { type RaterBias, raterBiases } from '../statistics/rater-biases.ts';
import { raterDrift } from '../statistics/rater-drift.ts';
import type { RaterSession } from '../statistics/rater-sessions.ts';
import { raterSeverities } from '../statistics/rater-severities.ts';
import { raterSpeed } from '../statistics/rater-speed.ts';
import { ratersByFactor } from '../statistics/raters-by-factor.ts';
import { type SelfConsistency, selfConsistency } from '../statistics/self-consistency.ts';
import { THRESHOLDS } from '../statistics/thresholds.ts';
import type { Population, RandomStreams } from './bias-counts.ts';
import { type Card, card } from './card.ts';
import { estimateText, notEnoughData } from './estimate-text.ts';
import { hideSmallCounts, hideWith } from './hide-small-counts.ts';
import type { RaterColumns } from './rater-columns.ts';
import { judgedAmong } from './worst-first.ts';

export interface RaterClassShift {
  readonly label: string;
  /** log2 of the rater's use of the class over the others'. */
  readonly shift: Estimate;
}

export interface RaterFactor {
  readonly factor: string;
  /** Bias-corrected V of "agrees with the majority of the others" and the factor; q over raters. */
  readonly association: Estimate;
  /** The level with the largest share of disagreement among those with 30 items; null: none has. */
  readonly worstLevel: string | null;
}

export interface RaterRow {
  readonly rater: string;
  /** Items that somebody else rated too. */
  readonly items: Estimate;
  /** Total variation of the use of classes from the others' on the same items; p, q of Bhapkar's test. */
  readonly shift: Estimate;
  readonly jensenShannon: Estimate;
  /** Largest first, at most 20. */
  readonly classes: readonly RaterClassShift[];
  /** With the declared order of classes: places above the others' mean. */
  readonly severity: Estimate;
  /** By Dawid and Skene's model. */
  readonly accuracy: Estimate;
  readonly information: Estimate;
  readonly drift: Estimate;
  readonly fatigue: Estimate;
  readonly speed: Estimate;
  readonly selfConsistency: SelfConsistency;
  readonly factors: readonly RaterFactor[];
}

export interface RaterIdentity {
  readonly kind: 'IMPROBABLE_AGREEMENT' | 'EQUALS_REFERENCE';
  /** Two raters, or a rater and the reference. */
  readonly names: readonly string[];
  readonly sharedItems: Estimate;
  /** Share of those on which both say the same; p, corrected for all pairs looked at. */
  readonly agreeing: Estimate;
  /** Share on which they would agree as two who judge by themselves. */
  readonly expected: Estimate;
  readonly sentence: string;
}

export interface RaterReport {
  readonly cards: readonly Card[];
  readonly raterCount: number;
  readonly reference: string | null;
  /** Of those who share 30 items or more the lowest agreement with the others first, at most 100. */
  readonly raters: readonly RaterRow[];
  readonly identities: readonly RaterIdentity[];
}

const MOST_CLASSES = 250;
const MOST_RATERS = 100;
const LONGEST_CLASS_LIST = 20;
const FEWEST_ITEMS = 30;
/** A pause of an hour ends a session: a convention of this project. */
const SESSION_PAUSE = 3_600_000;
const DAY = 86_400_000;

/** Who among the raters is systematically different, and who may be somebody else? (specification §6.3, §6.4, §6.7) */
export function raterReport(
  input: RaterColumns,
  isOrdered: boolean,
  personal: boolean,
  random: RandomStreams,
): RaterReport & Population {
  const { raters, columns, imageCount, imagesOfUnknownUnit, units } = input;
  const tooMany = columns.classCount > MOST_CLASSES;
  const biases = tooMany || columns.classCount === 0 ? [] : raterBiases(columns, { most: MOST_RATERS });
  const fitted = tooMany || columns.classCount === 0 ? [] : dawidSkeneByComponent(input.allLooks).components;
  const severities = new Map(
    isOrdered && !tooMany
      ? raterSeverities(columns, Float64Array.from(columns.classOf)).map((one) => [one.rater, one.severity])
      : [],
  );
  const sessions = sessionsOf(input, tooMany);
  const factors = input.factors.map((factor) => ({
    ...factor,
    raters: new Map(
      tooMany
        ? []
        : ratersByFactor(columns, factor.variable, random(`raters by ${factor.name}`)).map((row) => [
            row.rater,
            row,
          ]),
    ),
  }));
  const rows = biases.map((bias): RaterRow => {
    const basis = { imageCount: bias.sharedItems, unitCount: bias.priorShift.totalVariation.unitCount };
    const [items] = hideSmallCounts([bias.sharedItems], { ...basis, method: 'shared items' }, personal);
    const shown = (figure: Estimate) => hideWith(items!, figure);
    const own = sessions.get(bias.rater) ?? [];
    const none = (method: string, reason: string) =>
      notEstimable('NOT_APPLICABLE', reason, { ...basis, method });
    const { accuracy, information } = fitOf(fitted, bias.rater, basis);
    return {
      rater: raters[bias.rater]!,
      items: items!,
      shift: shown(tested(bias)),
      jensenShannon: shown(bias.priorShift.jensenShannon),
      classes: bias.priorShift.classes
        .map((shift, label) => ({ label: input.classes[label]!, shift: shown(shift) }))
        .sort((a, b) => Math.abs(b.shift.value ?? 0) - Math.abs(a.shift.value ?? 0))
        .slice(0, LONGEST_CLASS_LIST),
      severity: shown(
        severities.get(bias.rater)?.meanDifference ??
          none('places above the others', 'CLASSES_WITHOUT_ORDER'),
      ),
      accuracy: shown(accuracy),
      information: shown(information),
      drift: raterDrift(own).weekly?.totalDrift ?? fewSessions('drift of weekly disagreement', own),
      fatigue: fatigue(own),
      speed: raterSpeed(own),
      selfConsistency: consistencyOf(input, bias.rater),
      factors: factors.flatMap(({ name, levels, raters: of }) => {
        const row = of.get(bias.rater);
        if (row === undefined) return [];
        return [
          { factor: name, association: shown(row.v.corrected), worstLevel: worstLevel(row.levels, levels) },
        ];
      }),
    };
  });
  const identities = tooMany ? [] : identitiesOf(input, fitted);
  return {
    imageCount,
    unitCount: units.unitCount,
    imagesOfUnknownUnit,
    cards: [
      raterCard(
        'RATER_SHIFT',
        rows,
        ({ shift }) => shift,
        shiftText,
        identities,
        imagesOfUnknownUnit,
        personal,
      ),
      raterCard('RATER_FATIGUE', rows, (row) => row.fatigue, fatigueText, [], imagesOfUnknownUnit, personal),
    ],
    raterCount: raters.length,
    reference: input.reference,
    raters: rows,
    identities,
  };
}

/** The shift with p and q of the test that the classes are used equally often. */
function tested({ priorShift: { totalVariation }, test, q }: RaterBias): Estimate {
  return totalVariation.value === null
    ? totalVariation
    : estimate({ ...totalVariation, p: test?.p ?? null, q });
}

function fitOf(
  components: readonly FittedComponent[],
  rater: number,
  basis: { imageCount: number; unitCount: number },
) {
  const methods = ['accuracy by Dawid and Skene', 'information by Dawid and Skene'] as const;
  const component = components.find(({ annotators }) => annotators.includes(rater));
  const fit = component?.fit ?? null;
  if (fit === null) {
    const reason = component?.faults[0] ?? 'NO_OVERLAP';
    const [accuracy, information] = methods.map((method) =>
      notEstimable('NOT_APPLICABLE', reason, { ...basis, method }),
    );
    return { accuracy: accuracy!, information: information! };
  }
  const K = component!.classes.length;
  const place = component!.annotators.indexOf(rater);
  const own = fit.confusion.subarray(place * K * K, (place + 1) * K * K);
  const [accuracy, information] = [
    annotatorAccuracy(fit.classPrior, own),
    annotatorInformation(fit.classPrior, own),
  ].map((figure, index) => {
    const of = { ...basis, method: methods[index]! };
    return figure.value === null
      ? notEstimable('UNDEFINED', figure.reason ?? 'UNDEFINED', of)
      : estimate({ ...of, value: figure.value, status: 'INSUFFICIENT', reason: 'MODEL_WITHOUT_INTERVAL' });
  });
  return { accuracy: accuracy!, information: information! };
}

/** A rater's ratings of known moment, in order of time, in sessions that a pause ends. */
function sessionsOf(
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

function consistencyOf({ repeats, columns, units, classes }: RaterColumns, rater: number): SelfConsistency {
  const own = repeats.filter((repeat) => repeat.rater === rater);
  return selfConsistency({
    units: { ...units, unitOf: Int32Array.from(own, ({ item }) => columns.unitOf[item]!) },
    hoursApart: Float64Array.from(own, ({ hoursApart }) => hoursApart),
    classes: {
      first: Int16Array.from(own, ({ first }) => first),
      second: Int16Array.from(own, ({ second }) => second),
      count: classes.length,
    },
  });
}

function identitiesOf(input: RaterColumns, fitted: readonly FittedComponent[]): RaterIdentity[] {
  const { raters, allLooks, referenceOf, reference, units } = input;
  const whole =
    fitted.length === 1 && fitted[0]!.classes.length === input.classes.length ? fitted[0]!.fit : null;
  const found = identityFindings({
    ratings: allLooks,
    ...(whole === null ? {} : { fit: whole }),
    ...(reference === null ? {} : { referenceOf }),
  });
  const basis = (imageCount: number, method: string) => ({
    imageCount,
    unitCount: Math.min(units.unitCount, imageCount),
    method,
  });
  const share = (of: number, all: number, method: string, p: number | null = null) =>
    estimate({
      ...basis(all, method),
      value: of / all,
      p,
      status: 'INSUFFICIENT',
      reason: 'FINDING_WITHOUT_INTERVAL',
    });
  const count = (all: number) =>
    estimate({ ...basis(all, 'shared items'), value: all, status: 'INSUFFICIENT', reason: 'COUNT' });
  return found.flatMap((finding): RaterIdentity[] => {
    if (finding.kind === 'EQUALS_REFERENCE') {
      const names = [raters[finding.rater]!, reference!];
      return [
        {
          kind: finding.kind,
          names,
          sharedItems: count(finding.items),
          agreeing: share(finding.equal, finding.items, 'share equal to the reference', finding.p),
          expected: share(finding.bestOther * finding.items, finding.items, 'share of the best other rater'),
          sentence: `"${names[0]}" equals the reference "${names[1]}" on ${finding.equal} of ${finding.items} images: this rater may be where the reference comes from, so that agreement with it is circular.`,
        },
      ];
    }
    if (finding.kind !== 'IMPROBABLE_AGREEMENT') return [];
    const names = [raters[finding.first]!, raters[finding.second]!];
    return [
      {
        kind: finding.kind,
        names,
        sharedItems: count(finding.sharedItems),
        agreeing: share(finding.agreeing, finding.sharedItems, 'agreement of the two', finding.p),
        expected: share(
          finding.expected,
          finding.sharedItems,
          'agreement foretold of two who judge by themselves',
        ),
        sentence: `"${names[0]}" and "${names[1]}" agree on ${finding.agreeing} of ${finding.sharedItems} images, where ${finding.expected.toFixed(1)} were to be expected: they may be one person, or one saw the other's labels.`,
      },
    ];
  });
}

function worstLevel(
  levels: readonly { items: number; disagreeing: number }[],
  names: readonly string[],
): string | null {
  let [worst, share] = [-1, -1];
  levels.forEach(({ items, disagreeing }, level) => {
    if (items < FEWEST_ITEMS || disagreeing / items <= share) return;
    [worst, share] = [level, disagreeing / items];
  });
  return names[worst] ?? null;
}

function fewSessions(method: string, sessions: readonly RaterSession[]): Estimate {
  return notEstimable('INSUFFICIENT', 'FEWER_THAN_10_SESSIONS', {
    imageCount: 0,
    unitCount: sessions.length,
    method,
  });
}

const shiftText = (row: RaterRow) =>
  `"${row.rater}" uses the classes otherwise than the others on the same images: total variation ${estimateText(row.shift)}, most of all "${row.classes[0]?.label ?? ''}".`;
const fatigueText = (row: RaterRow) =>
  `"${row.rater}" disagrees more in the last tenth of a session than in the first by ${estimateText(row.fatigue)}.`;

function raterCard(
  kind: 'RATER_SHIFT' | 'RATER_FATIGUE',
  rows: readonly RaterRow[],
  figureOf: (row: RaterRow) => Estimate,
  textOf: (row: RaterRow) => string,
  identities: readonly RaterIdentity[],
  imagesOfUnknownUnit: number,
  personal: boolean,
): Card {
  const threshold = kind === 'RATER_SHIFT' ? THRESHOLDS.raterShift : THRESHOLDS.raterFatigue;
  const judged = judgedAmong(
    rows.map((row) => ({ row, verdict: colour(figureOf(row), threshold.bands) })),
    ({ row }) => figureOf(row),
  );
  const order = ['RED', 'AMBER', 'GREY', 'GREEN'];
  const [worst] = judged.toSorted(
    (a, b) =>
      order.indexOf(a.verdict.colour) - order.indexOf(b.verdict.colour) ||
      (figureOf(b.row).value ?? -1) - (figureOf(a.row).value ?? -1),
  );
  const suspicion = identities.length > 0 ? ` ${identities[0]!.sentence}` : '';
  const nobody = notEstimable('NOT_APPLICABLE', 'NO_OVERLAP', { imageCount: 0, unitCount: 0, method: kind });
  const headline = worst ? figureOf(worst.row) : nobody;
  const verdict = worst?.verdict ?? colour(nobody, threshold.bands);
  const told =
    worst && headline.value !== null
      ? textOf(worst.row)
      : 'Nobody can be held against others: let several label the same images, in sessions whose times are recorded.';
  return card({
    kind,
    verdict,
    sentence: `${verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ` : ''}${told}${suspicion}`,
    headline,
    threshold,
    caveats: [imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null, personal ? 'SMALL_COUNTS_SUPPRESSED' : null],
  });
}
