import type { Certainty, Colour, Limits, Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { Threshold } from '../../statistics/thresholds.ts';

export const CAVEATS = {
  UNIT_UNKNOWN:
    'The unit of some images is unknown; each counts as a unit of its own, so intervals may be too narrow.',
  NO_TARGET_DECLARED: 'No target population is declared, so nothing says which shares would be right.',
  OUTSIDE_TARGET: 'Some images lie at levels that the target gives no share.',
  TARGET_NOT_RECORDED: 'The target speaks of a factor that no image has a value of.',
  UNLABELLED_DROPPED: 'Images without a label are left out.',
  TIES_DROPPED: 'Images whose annotators are tied between labels are left out.',
  MISSING_DROPPED: 'Images without a value of the factor are left out; the dropped share stands beside it.',
  MULTIPLE_LABELS: 'An image may show several classes; each class is taken as present or absent.',
  TOO_MANY_LEVELS: 'A field with more than 1000 levels is an identifier, not a factor, and is left out.',
  TOO_MANY_CLASSES: 'There are too many classes for the table of who said what.',
  PATH_NOT_PROOF:
    'A path for a shortcut exists or not; whether a model takes it needs a test with the factor balanced or held out.',
  THESE_ANNOTATORS: 'The interval is over units: it speaks of these annotators, not of others.',
  UNEQUAL_CLASSES:
    'Very unequal classes make chance agreement high: read the row of the rare class before judging the annotators.',
  LATEST_LABEL_COUNTS: 'Where one annotator labelled an image several times, the latest label counts.',
  FEW_UNITS_IN_A_CLASS:
    'A class has fewer than 37 units: a score of it would be uncertain by more than ±10 points.',
  SMALL_COUNTS_SUPPRESSED: 'Counts of 1 to 4 are not shown, nor one more count of the same table.',
  SPECTRUM_UNKNOWN:
    'No difficulty, severity, grade or stage is recorded, so nothing says whether easy cases are over-represented.',
  INDEPENDENCE_ASSUMED:
    'The target is known factor by factor only: combinations are expected as if its factors were independent.',
  FACTORS_NOT_COMBINED:
    'Some factors of the target are in no combination: four at most are, of those recorded.',
  CELLS_NOT_EXAMINED: 'Only the 100 000 largest combinations of the target are looked at.',
  UNTRACKED: 'Exclusions were not recorded from the first image on: what was lost before is not known.',
  REFUSED_AT_THE_DOOR:
    'Candidates refused at the door have no metadata: they count as lost, each as a unit, and are in no comparison.',
  EXCLUDED_OF_UNKNOWN_LABEL: 'Some excluded images have no label: classes are compared without them.',
  CONFOUNDED_FACTORS: 'Some factors go together: what one of them is blamed for, another may have done.',
  CENTRE_MAY_BE_BIOLOGY:
    'Sites or devices go with the label, so the effect of a centre may be the subject and not the camera: to take it away would take the subject with it.',
  OUTLIERS: 'A few extreme images decide: the effect on means and that on ranks differ; look at both.',
  CLASSES_OF_FEW_UNITS:
    'A class that fewer than 10 units have, or lack, is GREY and not in the mean over classes.',
  ECOLOGICAL:
    'Some numbers go together otherwise between sites, or units, than within them: what holds of groups need not hold of images.',
  EFFECT_MAY_BE_REAL: 'A factor may also differ in what it shows, not only in how it was photographed.',
  EXTERNAL_TEST: 'The test part is of another world on purpose: that it differs is told, not judged.',
  PARTS_BY_POSITION:
    'No part is called train, or none test: the first of the other parts is taken as train, the last as test.',
  GROUP_UNKNOWN: 'The group of some images is unknown; each counts as a group of its own.',
  BYTES_UNKNOWN: 'The bytes of some images are unknown, so copies among them cannot be found.',
  LOOKS_NOT_COMPARED: 'No image could be compared by its looks, so near duplicates are unknown.',
  DISTINGUISHABLE_NOT_HARMFUL:
    'That parts can be told apart does not say that it harms: look at what tells them apart.',
} as const;

export type CaveatCode = keyof typeof CAVEATS;

export interface Caveat {
  readonly code: CaveatCode;
  readonly sentence: string;
}

export const CARD_KINDS = [
  'TARGET_COVERAGE',
  'CLASS_IMBALANCE',
  'MISSING_METADATA',
  'COVERAGE_HOLES',
  'EXCLUSION_SHARE',
  'EXCLUSION_PATTERN',
  'FACTOR_EFFECT',
  'CENTRE_EFFECT',
  'DRIFT',
  'DEPLOYMENT_DIFFERENCE',
  'METADATA_PROBE',
  'LABEL_ASSOCIATION',
  'LEAK',
  'CONFOUNDING',
  'AGREEMENT',
  'BOX_AGREEMENT',
  'MASK_AGREEMENT',
  'RATER_SHIFT',
  'RATER_FATIGUE',
  'LEAKAGE',
  'SPLIT_BALANCE',
  'ADVERSARIAL',
  'TEST_SIZE',
] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** A threshold side by side: one entry, or one for each side. */
export interface ShownThreshold {
  readonly limits: readonly (Limits & { readonly worse: 'ABOVE' | 'BELOW' })[];
  readonly origin: Threshold['origin'];
  readonly source: string;
}

/** What a person reads first (specification §8). A GREY card says "not enough data to tell", never that all is well. */
export interface Card {
  readonly kind: CardKind;
  readonly colour: Colour;
  readonly certainty: Certainty;
  readonly sentence: string;
  readonly headline: Estimate;
  readonly threshold: ShownThreshold;
  readonly imageCount: number;
  readonly unitCount: number;
  readonly unitsNeeded: number | null;
  readonly caveats: readonly Caveat[];
}

export interface CardParts {
  readonly kind: CardKind;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly headline: Estimate;
  readonly threshold: Threshold;
  readonly caveats: readonly (CaveatCode | null)[];
}

/** A card from its parts; `null` caveats are dropped. */
export function card({ kind, verdict, sentence, headline, threshold, caveats }: CardParts): Card {
  const codes = [...new Set(caveats.filter((code) => code !== null))];
  return {
    kind,
    ...verdict,
    sentence,
    headline,
    threshold: shownThreshold(threshold),
    imageCount: headline.imageCount,
    unitCount: headline.unitCount,
    caveats: codes.map((code) => ({ code, sentence: CAVEATS[code] })),
  };
}

function shownThreshold({ bands, origin, source }: Threshold): ShownThreshold {
  const limits =
    bands.worse === 'BOTH'
      ? [
          { worse: 'BELOW' as const, ...bands.below },
          { worse: 'ABOVE' as const, ...bands.above },
        ]
      : [bands];
  return { limits, origin, source };
}
