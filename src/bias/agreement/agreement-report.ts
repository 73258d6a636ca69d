import { agreement } from '../../statistics/agreement.ts';
import { type AgreementWeighting, agreementWeights } from '../../statistics/agreement-weights.ts';
import { alphaWithoutEach } from '../../statistics/alpha-without-each.ts';
import { annotatorJackknife } from '../../statistics/annotator-jackknife.ts';
import { categoryTables } from '../../statistics/category-tables.ts';
import { coincidenceTable } from '../../statistics/coincidence-table.ts';
import { type Basis, type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import { generalisedKappa } from '../../statistics/generalised-kappa.ts';
import { gwetAgreement } from '../../statistics/gwet-agreement.ts';
import { type ItemsOfSize, itemsBySize } from '../../statistics/items-by-size.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { krippendorffAlpha } from '../../statistics/krippendorff-alpha.ts';
import { type LandisKochWord, landisKoch } from '../../statistics/landis-koch.ts';
import { overlapDesign } from '../../statistics/overlap-design.ts';
import type { Card } from '../cards/card.ts';
import { hideSmallCounts } from '../cards/hide-small-counts.ts';
import type { AgreementInput, RatedImages } from '../ratings/rated-images.ts';
import { agreementCard } from './agreement-card.ts';
import { classAgreements, type NamedClassAgreement } from './class-agreements.ts';
import { type PairAgreement, pairAgreements } from './pair-agreements.ts';
import { type RaterAgreement, raterAgreements } from './rater-agreements.ts';
import { type ValueAgreement, valueAgreements } from './value-agreements.ts';

export interface AgreementReport {
  readonly cards: readonly Card[];
  readonly alpha: Estimate;
  /** The same figure with the interval that speaks of other annotators too. */
  readonly alphaOfAnnotators: Estimate;
  readonly ordinalAlpha: Estimate;
  readonly intervalAlpha: Estimate;
  readonly percentAgreement: Estimate;
  /** Fleiss' where all images have as many ratings, else the generalised one. */
  readonly kappa: Estimate;
  readonly kappaWord: LandisKochWord | null;
  readonly ac1: Estimate;
  readonly ac2: Estimate;
  /** The class with the lowest α first, at most 200. */
  readonly classes: readonly NamedClassAgreement[];
  readonly overlap: readonly {
    readonly ratings: number;
    readonly orMore: boolean;
    readonly images: Estimate;
  }[];
  readonly raterCount: number;
  /** Ratings by people who are only counted. */
  readonly unnamedRatings: number;
  /** Of those with 30 shared images or more the lowest agreement with the others first, at most 50. */
  readonly raters: readonly RaterAgreement[];
  /** Those that share the most images, at most 200. */
  readonly pairs: readonly PairAgreement[];
  readonly values: readonly ValueAgreement[];
  readonly supersededRatings: number;
}

/** A matrix of K × K cells for each of 50 buckets is kept in memory. */
const MOST_CLASSES = 250;

/** How much do people agree on the class of an image, and on numbers? (specification §6.1) Items are images. */
export function agreementReport(input: AgreementInput): AgreementReport {
  const { labels } = input;
  const sizes = itemsBySize(labels);
  const tooMany = labels.classCount > MOST_CLASSES;
  const told = tooMany ? withoutClasses(labels) : labels;
  const shared = sizes.reduce((total, { ratings, items }) => total + (ratings > 1 ? items.length : 0), 0);
  const basis = { imageCount: shared, unitCount: labels.sharedUnits };
  const coincidences = coincidenceTable(told, tooMany ? [] : sizes, basis);
  const categories = categoryTables(labels, sizes, basis);
  const [twice, , agreeing] = [0, 1, 2] as const;
  const agreements = picked(categories.unweighted, [agreeing, twice]);
  const measured = agreement({ agreements, coincidences }, [...told.classes.keys()], 'nominal');
  const refuse = (reason: string, method: string) =>
    notEstimable('NOT_APPLICABLE', reason, { ...basis, method });
  const unless = (made: Estimate): Estimate => (tooMany ? refuse('TOO_MANY_CLASSES', made.method) : made);
  const ordered = (method: string, make: () => Estimate): Estimate =>
    told.isOrdered ? unless(make()) : refuse('CLASSES_WITHOUT_ORDER', method);
  const alpha = unless(measured.alpha);
  const { percentAgreement } = measured;
  const ofCategories = (make: typeof gwetAgreement, weighting: AgreementWeighting, table: BucketedTable) =>
    tooMany
      ? refuse('TOO_MANY_CLASSES', 'agreement beyond chance')
      : make(table, agreementWeights(labels.classCount, weighting));
  const kappa = named(ofCategories(generalisedKappa, 'UNWEIGHTED', categories.unweighted), sizes);
  const figures = {
    alpha,
    alphaOfAnnotators: overAnnotators(alpha, labels, tooMany ? [] : sizes),
    percentAgreement,
    ac1: ofCategories(gwetAgreement, 'UNWEIGHTED', categories.unweighted),
  };
  return {
    cards: [agreementCard(input, { ...figures, isParadox: measured.note !== null })],
    ...figures,
    ordinalAlpha: ordered('Krippendorff alpha, ordinal', () =>
      krippendorffAlpha(coincidences, [...told.classes.keys()], 'ordinal'),
    ),
    intervalAlpha: unless(alphaOfNumbers(coincidences, told.classes, basis)),
    kappa,
    kappaWord: landisKoch(kappa.value),
    ac2: ordered('Gwet AC2', () => ofCategories(gwetAgreement, 'QUADRATIC', categories.quadratic)),
    classes: classAgreements(told.classes, measured.classes, categories.ofClass),
    overlap: shownOverlap(input, sizes),
    raterCount: labels.raterCount,
    unnamedRatings: labels.votes.reduce(
      (total, votes, place) => total + (labels.raterOf[place]! < 0 ? votes : 0),
      0,
    ),
    raters: tooMany ? [] : raterAgreements(labels, sizes, input.personal),
    pairs: tooMany ? [] : pairAgreements(labels),
    values: valueAgreements(input.values, input.personal),
    supersededRatings: labels.superseded,
  };
}

function withoutClasses(labels: RatedImages): RatedImages {
  return { ...labels, classes: [], classCount: 0 };
}

function picked(table: BucketedTable, cells: readonly number[]): BucketedTable {
  const of = (vector: readonly number[]) => cells.map((cell) => vector[cell]!);
  return { ...table, total: of(table.total), buckets: table.buckets.map(of) };
}

/** Fleiss' κ is the generalised one where all images that are rated have the same number of ratings. */
function named(kappa: Estimate, sizes: readonly ItemsOfSize[]): Estimate {
  const isFleiss = sizes.filter(({ ratings }) => ratings > 0).length === 1;
  return isFleiss ? { ...kappa, method: 'Fleiss kappa' } : kappa;
}

/** With the metric of numbers, where the names of all classes are numbers. */
function alphaOfNumbers(
  coincidences: BucketedTable,
  classes: readonly string[],
  basis: Omit<Basis, 'method'>,
): Estimate {
  const numbers = classes.map((name) => (name.trim() === '' ? Number.NaN : Number(name)));
  if (numbers.every((value) => Math.abs(value) < 1e100))
    return krippendorffAlpha(coincidences, numbers, 'interval');
  const method = 'Krippendorff alpha, interval';
  return notEstimable('NOT_APPLICABLE', 'CLASSES_ARE_NO_NUMBERS', { ...basis, method });
}

function overAnnotators(alpha: Estimate, labels: RatedImages, sizes: readonly ItemsOfSize[]): Estimate {
  const { imageCount, unitCount, value } = alpha;
  if (value === null) return alpha;
  const basis = { imageCount, unitCount, method: alpha.method, value, status: 'INSUFFICIENT' as const };
  if (labels.raterOf.includes(-1)) return estimate({ ...basis, reason: 'UNNAMED_RATERS' });
  const replicates = alphaWithoutEach(labels, sizes);
  const interval = replicates && annotatorJackknife(value, replicates, { lower: -1, upper: 1 });
  if (interval !== null) return estimate({ ...basis, status: 'OK', interval });
  const isFew = labels.raterCount < 5;
  const reason = isFew ? 'FEWER_THAN_5_ANNOTATORS' : 'UNDEFINED_WITHOUT_ONE_ANNOTATOR';
  return estimate({ ...basis, reason });
}

function shownOverlap({ population, personal }: AgreementInput, sizes: readonly ItemsOfSize[]) {
  const basis = { imageCount: population.imageCount, unitCount: population.unitCount, method: 'images' };
  const design = overlapDesign(sizes.map(({ ratings, items }) => ({ ratings, items: items.length })));
  const counts = hideSmallCounts(
    design.map(({ items }) => items),
    basis,
    personal,
  );
  return design.map(({ ratings, orMore }, index) => ({ ratings, orMore, images: counts[index]! }));
}
