import { dawidSkeneByComponent } from '../../statistics/dawid-skene-by-component.ts';
import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import { fatigue } from '../../statistics/fatigue.ts';
import { type RaterBias, raterBiases } from '../../statistics/rater-biases.ts';
import { raterDrift } from '../../statistics/rater-drift.ts';
import type { RaterSession } from '../../statistics/rater-sessions.ts';
import { raterSeverities } from '../../statistics/rater-severities.ts';
import { raterSpeed } from '../../statistics/rater-speed.ts';
import { ratersByFactor } from '../../statistics/raters-by-factor.ts';
import { type SelfConsistency, selfConsistency } from '../../statistics/self-consistency.ts';
import type { Population, RandomStreams } from '../bias-counts.ts';
import type { Card } from '../cards/card.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { raterCards } from './rater-cards.ts';
import type { RaterColumns } from './rater-columns.ts';
import { raterFit } from './rater-fit.ts';
import { type RaterIdentity, raterIdentities } from './rater-identities.ts';
import type { RaterRow } from './rater-row.ts';
import { sessionsOfRaters } from './sessions-of-raters.ts';

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
  const sessions = sessionsOfRaters(input, tooMany);
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
    const { accuracy, information, confusion } = raterFit(fitted, bias.rater, input.classes, basis);
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
      confusion: items!.value === null ? null : confusion,
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
  const identities = tooMany ? [] : raterIdentities(input, fitted);
  return {
    imageCount,
    unitCount: units.unitCount,
    imagesOfUnknownUnit,
    cards: raterCards(rows, identities, imagesOfUnknownUnit, personal),
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
