import { type Colour, colour, type Verdict } from '../statistics/colour.ts';
import { type Estimate, estimate, notEstimable } from '../statistics/estimate.ts';
import { sum } from '../statistics/sum.ts';
import { THRESHOLDS } from '../statistics/thresholds.ts';
import { withQValues } from '../statistics/with-q-values.ts';
import type { BiasCounts, ClassUnitsRow, LevelRow } from './bias-counts.ts';
import { type Card, card } from './card.ts';
import { type ClassBalance, classBalance, classBalanceCard } from './class-balance.ts';
import { countClassUnits, countLevelRows, countSubjects } from './count-subjects.ts';
import { estimateText, notEnoughData } from './estimate-text.ts';
import { type FactorImages, type FactorSelection, factorSelection } from './factor-selection.ts';
import { type MissingField, missingFields } from './missing-fields.ts';
import type { Thresholds } from './own-threshold.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportRequest } from './report-request.ts';
import { sharesOfFactor } from './target-population.ts';

export interface SelectionReport {
  readonly cards: readonly Card[];
  readonly target: ReportRequest['target'];
  readonly factors: readonly FactorSelection[];
  readonly classBalance: ClassBalance;
  readonly missing: readonly MissingField[];
}

/** Does the dataset look like the world it will be used in? (specification §1) */
export function selectionReport({ request, subjects, thresholds, random }: ReportInput): SelectionReport {
  const { target, personal } = request;
  const counts = countSubjects(subjects);
  const classUnits = countClassUnits(subjects);
  const factors = factorImages(counts, countLevelRows(subjects), classUnits).map((factor) =>
    factorSelection(factor, sharesOfFactor(target, factor.name), personal, random(`fit of ${factor.name}`)),
  );
  const declared = new Set(
    subjects.factors.flatMap(({ name, origin }) => (origin === 'DECLARED' ? [name] : [])),
  );
  const balance = classBalance(counts, classUnits, personal);
  const missing = missingFields(counts, declared, personal, random('missing metadata'));
  const cards = [
    targetCard({ request, counts, thresholds }, factors),
    classBalanceCard(counts, balance, personal),
    missingCard(counts, missing, personal),
  ];
  return {
    cards,
    target,
    ...asOneFamily(factors, missing),
    classBalance: balance,
  };
}

/** The factors' images by bucket and level; the label too, where an image has one. */
function factorImages(
  counts: BiasCounts,
  cells: readonly LevelRow[],
  classUnits: readonly ClassUnitsRow[],
): FactorImages[] {
  const { population, factors, factorUnits, labels, labelledUnits, presence } = counts;
  const { unitCount } = population;
  const rowsOf = factors.map((): LevelRow[] => []);
  for (const row of cells) rowsOf[row.factor]!.push(row);
  const recorded = factors.flatMap(({ name, kind, status, levels }, factor): FactorImages[] => {
    if (kind === 'CONTINUOUS' || status !== 'COUNTED') return [];
    const knownUnits = factorUnits[factor]!.known;
    return [{ name, status, levels, rows: rowsOf[factor]!, knownUnits, unitCount, alwaysShown: [] }];
  });
  if (labels.mode === 'MULTIPLE' || labelledUnits === 0) return recorded;
  const levels = labels.classes.map((level) => ({
    level,
    images: sum(presence.map(({ label, images }) => (label === level ? images : 0))),
    units: sum(classUnits.map(({ label, units }) => (label === level ? units : 0))),
  }));
  const label: FactorImages = {
    name: 'label',
    status: 'COUNTED',
    levels,
    rows: presence.map(({ bucket, label: level, images }) => ({ bucket, level, images })),
    knownUnits: labelledUnits,
    unitCount,
    alwaysShown: labels.classes,
  };
  return [...recorded, label];
}

/** Benjamini–Hochberg over all tests of the report: fit of each factor, missingness of each field. */
function asOneFamily(factors: readonly FactorSelection[], missing: readonly MissingField[]) {
  const dependences = missing.flatMap(({ labelDependence }) => (labelDependence ? [labelDependence] : []));
  const family = withQValues([...factors.map(({ cohenW }) => cohenW), ...dependences]);
  let next = factors.length;
  return {
    factors: factors.map((factor, index) => ({ ...factor, cohenW: family[index]! })),
    missing: missing.map((field) =>
      field.labelDependence ? { ...field, labelDependence: family[next++]! } : field,
    ),
  };
}

interface Judged {
  readonly what: string;
  readonly ratio: Estimate;
  readonly verdict: Verdict;
}

interface TargetCardInput {
  readonly request: ReportRequest;
  readonly counts: BiasCounts;
  readonly thresholds: Thresholds;
}

function targetCard(input: TargetCardInput, factors: readonly FactorSelection[]): Card {
  const { counts, thresholds } = input;
  const { target, targetNames, personal } = input.request;
  const common = [
    counts.population.imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null,
    personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
  ] as const;
  const kind = 'TARGET_COVERAGE';
  const threshold = thresholds.representationRatio;
  if (target === null) {
    const { imageCount, unitCount } = counts.population;
    const basis = { imageCount, unitCount, method: 'representation ratio' };
    const sentence =
      targetNames.length > 1
        ? `Several target populations are declared (${targetNames.slice(0, 10).join(', ')}): ask for one by name.`
        : 'No target population is declared: shares are shown, but whether they are right cannot be told.';
    const headline = notEstimable('NOT_APPLICABLE', 'NO_TARGET_DECLARED', basis);
    const verdict = { colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: null } as const;
    return card({ kind, verdict, sentence, headline, threshold, caveats: ['NO_TARGET_DECLARED', ...common] });
  }
  const unmet = unrecordedFactors(input, factors);
  const { what, ratio, verdict } = worst([...judgedLevels(factors), ...unmet]);
  const source = `Target "${target.name}": ${target.source.replace(/\.$/, '')}${target.dated === null ? '' : `, ${target.dated}`}.`;
  return card({
    kind,
    verdict,
    sentence: `${coverageSentence(what, ratio, verdict)} ${source}`,
    headline: ratio,
    threshold,
    caveats: [
      ...common,
      unmet.length > 0 ? 'TARGET_NOT_RECORDED' : null,
      factors.some(({ outsideTarget }) => outsideTarget) ? 'OUTSIDE_TARGET' : null,
      factors.some(({ hasTarget, levels }) => hasTarget && levels.some((level) => level.kind === 'MISSING'))
        ? 'MISSING_DROPPED'
        : null,
    ],
  });
}

function coverageSentence(what: string, ratio: Estimate, verdict: Verdict): string {
  if (verdict.colour === 'GREEN') return 'Every level of the target stands within .8 to 1.2 of its share.';
  if (verdict.colour === 'GREY')
    return `${notEnoughData(verdict)} ${what}: ${estimateText(ratio)} of its share.`;
  return `${what} stands at ${estimateText(ratio)} of its share.`;
}

function judgedLevels(factors: readonly FactorSelection[]): Judged[] {
  return factors.flatMap(({ name, levels }) =>
    levels.flatMap(({ level, verdict, representationRatio: ratio }) =>
      verdict === null ? [] : [{ what: `${name} "${level}"`, ratio, verdict }],
    ),
  );
}

/** Factors the target speaks of and the report could not look at. */
function unrecordedFactors(
  { request, counts, thresholds }: TargetCardInput,
  factors: readonly FactorSelection[],
): Judged[] {
  const seen = new Set(factors.map(({ name }) => name));
  const asked = new Set(request.target!.shares.map(({ factor }) => factor));
  return [...asked]
    .filter((factor) => !seen.has(factor))
    .map((what) => {
      const { imageCount, unitCount } = counts.population;
      const reason = counts.factors.find(({ name }) => name === what)?.status ?? 'NOT_RECORDED';
      const basis = { imageCount, unitCount, method: 'representation ratio' };
      const ratio = notEstimable('NOT_APPLICABLE', reason, basis);
      return { what, ratio, verdict: colour(ratio, thresholds.representationRatio.bands) };
    });
}

function worst(judged: readonly Judged[]): Judged {
  const order: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];
  const distance = ({ value }: Estimate) => (value === null ? 0 : Math.abs(Math.log(Math.max(value, 1e-9))));
  const sorted = judged.toSorted(
    (a, b) =>
      order.indexOf(a.verdict.colour) - order.indexOf(b.verdict.colour) ||
      distance(b.ratio) - distance(a.ratio),
  );
  if (sorted[0]) return sorted[0];
  const none = { value: null, status: 'NOT_APPLICABLE', reason: 'NO_LEVEL_OF_ONE_PERCENT' } as const;
  const ratio = estimate({ ...none, imageCount: 0, unitCount: 0, method: 'representation ratio' });
  return { what: 'No level', ratio, verdict: { colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: null } };
}

function missingCard(counts: BiasCounts, missing: readonly MissingField[], personal: boolean): Card {
  const order: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];
  const [most] = missing.toSorted(
    (a, b) =>
      order.indexOf(a.verdict.colour) - order.indexOf(b.verdict.colour) ||
      (b.share.value ?? 0) - (a.share.value ?? 0),
  );
  const { imageCount, unitCount, imagesOfUnknownUnit } = counts.population;
  const none = notEstimable('NOT_APPLICABLE', 'NO_FIELD', { imageCount, unitCount, method: 'share missing' });
  const verdict = most?.verdict ?? ({ colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: null } as const);
  const share = most?.share ?? none;
  const text = most ? `${most.name} is missing in ${estimateText(share, 'PERCENT')} of the images.` : '';
  const sentence =
    most === undefined
      ? 'No acquisition field is recorded, so nothing can be said of how the images were made.'
      : verdict.colour === 'GREY'
        ? `${notEnoughData(verdict)} ${text}`
        : verdict.colour === 'GREEN'
          ? `No field is missing in 5 % of the images or more; the most: ${text}`
          : text;
  return card({
    kind: 'MISSING_METADATA',
    verdict,
    sentence,
    headline: share,
    threshold: THRESHOLDS.shareMissing,
    caveats: [
      imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null,
      counts.factors.some(({ status }) => status === 'TOO_MANY_LEVELS') ? 'TOO_MANY_LEVELS' : null,
      personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
    ],
  });
}
