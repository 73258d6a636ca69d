import { agreement, type ClassAgreement } from '../statistics/agreement.ts';
import { colour } from '../statistics/colour.ts';
import { type Estimate, notEstimable } from '../statistics/estimate.ts';
import type { BucketedTable } from '../statistics/jackknife.ts';
import { sum } from '../statistics/sum.ts';
import { THRESHOLDS } from '../statistics/thresholds.ts';
import { type Addend, bucketedTable } from './bucketed-table.ts';
import { type Card, card } from './card.ts';
import { estimateText, notEnoughData } from './estimate-text.ts';
import { hideSmallCounts } from './hide-small-counts.ts';
import type { AgreementInput, PairedRatingsRow } from './paired-ratings.ts';
import { type RaterAgreement, raterAgreements } from './rater-agreements.ts';

export interface NamedClassAgreement extends ClassAgreement {
  readonly label: string;
}

export interface AgreementReport {
  readonly cards: readonly Card[];
  readonly alpha: Estimate;
  readonly percentAgreement: Estimate;
  /** The class with the lowest α first, at most 200. */
  readonly classes: readonly NamedClassAgreement[];
  readonly overlap: readonly { readonly ratings: number; readonly images: Estimate }[];
  readonly raterCount: number;
  /** Lowest agreement with the others first, at most 50. */
  readonly raters: readonly RaterAgreement[];
  readonly supersededRatings: number;
}

/** A matrix of K × K cells for each of 50 buckets is kept in memory. */
const MOST_CLASSES = 250;
const LONGEST_CLASS_LIST = 200;

/** How much do people agree on the class of an image? (specification §6.1) Items are images, one label a rater. */
export function agreementReport(input: AgreementInput): AgreementReport {
  const used = [...new Set(input.pairs.flatMap(({ label, other }) => [label, other]))].sort((a, b) => a - b);
  const place = new Map(used.map((label, index) => [label, index]));
  const imageCount = sum(input.overlap.map(({ ratings, images }) => (ratings > 1 ? images : 0)));
  const basis = { imageCount, unitCount: input.units };
  const tooMany = used.length > MOST_CLASSES;
  const size = tooMany ? 0 : used.length;
  const measured = agreement(
    {
      agreements: agreementsTable(input.pairs, basis),
      coincidences: coincidenceTable(input.pairs, place, size, basis),
    },
    Array.from({ length: size }, (_, index) => index),
    'nominal',
  );
  const refused = { ...basis, method: 'Krippendorff alpha, nominal' };
  const alpha = tooMany ? notEstimable('NOT_APPLICABLE', 'TOO_MANY_CLASSES', refused) : measured.alpha;
  const classes = measured.classes
    .map((made, index) => ({ ...made, label: input.classes[used[index]!]! }))
    .sort((a, b) => (a.alpha.value ?? 2) - (b.alpha.value ?? 2));
  const made = agreementCard(input, alpha, measured.percentAgreement, measured.note !== null);
  return {
    cards: [made],
    alpha,
    percentAgreement: measured.percentAgreement,
    classes: classes.slice(0, LONGEST_CLASS_LIST),
    overlap: shownOverlap(input),
    raterCount: input.raters.length,
    raters: raterAgreements(input),
    supersededRatings: input.supersededRatings,
  };
}

function shownOverlap({ overlap, population, personal }: AgreementInput) {
  const basis = { imageCount: population.imageCount, unitCount: population.unitCount, method: 'images' };
  const counts = hideSmallCounts(
    overlap.map(({ images }) => images),
    basis,
    personal,
  );
  return overlap.map(({ ratings }, index) => ({ ratings, images: counts[index]! }));
}

/** Σ of each item's share of agreeing pairs, and items. An item of m ratings gives m/m of an item over its ratings. */
function agreementsTable(
  rows: readonly PairedRatingsRow[],
  basis: { imageCount: number; unitCount: number },
): BucketedTable {
  const agreeing = new Map<string, { bucket: number; ratings: number; same: number; all: number }>();
  for (const { bucket, ratings, label, other, pairs } of rows) {
    const key = `${bucket} ${ratings}`;
    const held = agreeing.get(key) ?? { bucket, ratings, same: 0, all: 0 };
    agreeing.set(key, held);
    held.all += pairs;
    if (label === other) held.same += pairs;
  }
  const addends = [...agreeing.values()].flatMap(({ bucket, ratings, same, all }): Addend[] => [
    { bucket, cell: 0, amount: same / (ratings * (ratings - 1)) },
    { bucket, cell: 1, amount: all / (ratings * (ratings - 1)) },
  ]);
  return bucketedTable(2, addends, basis);
}

/** Each ordered pair of ratings of an item counts 1/(m − 1). */
function coincidenceTable(
  rows: readonly PairedRatingsRow[],
  place: ReadonlyMap<number, number>,
  size: number,
  basis: { imageCount: number; unitCount: number },
): BucketedTable {
  if (size === 0) return { ...bucketedTable(0, [], basis), imageCount: 0, unitCount: 0 };
  const addends = rows.map(
    ({ bucket, ratings, label, other, pairs }): Addend => ({
      bucket,
      cell: place.get(label)! * size + place.get(other)!,
      amount: pairs / (ratings - 1),
    }),
  );
  return bucketedTable(size * size, addends, basis);
}

function agreementCard(input: AgreementInput, alpha: Estimate, observed: Estimate, paradox: boolean): Card {
  const verdict = colour(alpha, THRESHOLDS.krippendorffAlpha.bands);
  const items = alpha.imageCount;
  const text = `Krippendorff's α is ${estimateText(alpha)} on ${items} images with two ratings or more; annotators agree in ${estimateText(observed, 'PERCENT')} of the pairs.`;
  const plan =
    alpha.reason === 'NO_OVERLAP' || input.raters.length < 2
      ? 'No image was labelled by two people: let two or more label the same 100 images.'
      : alpha.reason === 'NO_VARIATION'
        ? 'All ratings are equal, so agreement beyond chance cannot be told.'
        : text;
  return card({
    kind: 'AGREEMENT',
    verdict,
    sentence: verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ${plan}` : text,
    headline: alpha,
    threshold: THRESHOLDS.krippendorffAlpha,
    caveats: [
      'THESE_ANNOTATORS',
      paradox ? 'UNEQUAL_CLASSES' : null,
      input.population.imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null,
      input.supersededRatings > 0 ? 'LATEST_LABEL_COUNTS' : null,
      alpha.reason === 'TOO_MANY_CLASSES' ? 'TOO_MANY_CLASSES' : null,
      input.personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
    ],
  });
}
