import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { enumOf } from '../../kernel/enum-of.ts';
import type { Certainty, Colour } from '../../statistics/colour.ts';
import type { EstimateStatus } from '../../statistics/estimate.ts';
import { CARD_KINDS, CAVEATS, type CardKind, type CaveatCode } from './card.ts';

export const EstimateStatusEnum = enumOf<EstimateStatus>([
  'OK',
  'INSUFFICIENT',
  'NOT_APPLICABLE',
  'UNDEFINED',
  'BOUNDARY',
  'DEGENERATE',
  'EMPTY',
  'NOT_CONVERGED',
  'SUPPRESSED',
]);
registerEnumType(EstimateStatusEnum, {
  name: 'EstimateStatus',
  description: 'What stands behind a figure.',
  valuesConfig: {
    OK: { description: 'A value with its interval.' },
    INSUFFICIENT: { description: 'A value, but too few units for an interval.' },
    NOT_APPLICABLE: { description: 'The question does not arise; the reason says why.' },
    UNDEFINED: { description: 'The formula has no value on these data.' },
    BOUNDARY: { description: 'The value stands at the edge of its range.' },
    DEGENERATE: { description: 'The data leave no variation to compare with.' },
    EMPTY: { description: 'There is no image to count.' },
    NOT_CONVERGED: { description: 'The iteration did not come to rest.' },
    SUPPRESSED: { description: 'Not shown, for it would tell of fewer than five.' },
  },
});
export const ColourEnum = enumOf<Colour>(['GREEN', 'AMBER', 'RED', 'GREY']);
registerEnumType(ColourEnum, {
  name: 'Colour',
  description: 'How a figure stands to its thresholds, judged by its interval and never by p.',
  valuesConfig: {
    GREEN: { description: 'The absence of a problem is shown: the whole interval lies before amber.' },
    AMBER: { description: 'The interval lies in amber, or touches it.' },
    RED: { description: 'The whole interval lies in red.' },
    GREY: { description: 'Not enough data to tell.' },
  },
});
export const CertaintyEnum = enumOf<Certainty>(['CONFIRMED', 'LIKELY', 'UNRESOLVED']);
registerEnumType(CertaintyEnum, {
  name: 'Certainty',
  description: 'How sure a colour is.',
  valuesConfig: {
    CONFIRMED: { description: 'The interval lies inside one band.' },
    LIKELY: { description: 'The interval touches two.' },
    UNRESOLVED: { description: 'The data cannot tell.' },
  },
});
const CardKindEnum = enumOf(CARD_KINDS);
registerEnumType(CardKindEnum, {
  name: 'CardKind',
  description: 'What a card is about.',
  valuesConfig: {
    TARGET_COVERAGE: { description: 'The level that stands worst against the declared target.' },
    CLASS_IMBALANCE: { description: 'Largest class over smallest.' },
    MISSING_METADATA: { description: 'The field that is missing most.' },
    COVERAGE_HOLES: { description: 'How much of the target was never seen in its combinations.' },
    EXCLUSION_SHARE: { description: 'How many candidates were lost.' },
    EXCLUSION_PATTERN: { description: 'Where the images excluded differ most from those kept.' },
    FACTOR_EFFECT: { description: 'The factor that explains most of a quality measure.' },
    CENTRE_EFFECT: { description: 'The site or device that stands furthest apart in a quality measure.' },
    DRIFT: { description: 'The quality measure that wandered furthest over time.' },
    DEPLOYMENT_DIFFERENCE: { description: 'How well quality tells the images from a reference sample.' },
    METADATA_PROBE: { description: 'How well metadata alone tell the label.' },
    LABEL_ASSOCIATION: { description: 'The factor that goes with the label most.' },
    LEAK: { description: 'The at most three factors from which the label is guessed best.' },
    CONFOUNDING: { description: 'A difference that changes sign once another factor is held fixed.' },
    AGREEMENT: { description: 'How much annotators agree beyond chance.' },
    BOX_AGREEMENT: { description: 'How far annotators find the same objects.' },
    MASK_AGREEMENT: { description: 'How far the masks of annotators overlap.' },
    RATER_SHIFT: { description: 'The annotator who uses the classes otherwise than the others do.' },
    RATER_FATIGUE: { description: 'The annotator who disagrees more towards the end of a session.' },
    LEAKAGE: { description: 'What stands in two parts of a split: units, groups, copies.' },
    SPLIT_BALANCE: { description: 'The factor in which the parts of a split differ most.' },
    ADVERSARIAL: { description: 'How well metadata and quality tell test from train.' },
    TEST_SIZE: { description: 'The class with the least to score it on.' },
  },
});
const CaveatCodeEnum = enumOf(Object.keys(CAVEATS) as CaveatCode[]);
registerEnumType(CaveatCodeEnum, {
  name: 'CaveatCode',
  description: 'What a reader of a card must know besides.',
  valuesConfig: Object.fromEntries(
    Object.entries(CAVEATS).map(([code, description]) => [code, { description }]),
  ) as { [K in CaveatCode]: { description: string } },
});
export const ThresholdOriginEnum = enumOf(['SEEN', 'MEMORY', 'CONVENTION', 'DATASET'] as const);
registerEnumType(ThresholdOriginEnum, {
  name: 'ThresholdOrigin',
  description: 'Where a threshold comes from.',
  valuesConfig: {
    SEEN: { description: 'Read at its source.' },
    MEMORY: { description: 'From memory of a standard work: check before quoting it.' },
    CONVENTION: { description: 'A convention of this project.' },
    DATASET: { description: 'Set by the dataset in place of the default.' },
  },
});
export const WorseSideEnum = enumOf(['ABOVE', 'BELOW'] as const);
registerEnumType(WorseSideEnum, {
  name: 'WorseSide',
  description: 'On which side of its limits a figure is worse.',
  valuesConfig: {
    ABOVE: { description: 'Higher is worse.' },
    BELOW: { description: 'Lower is worse.' },
  },
});

@ObjectType('Interval', { description: 'Where the true figure may lie.' })
@Guard('inherit')
export class IntervalObject {
  @Field(() => Float, { description: 'Lower limit.' }) lower: number;
  @Field(() => Float, { description: 'Upper limit.' }) upper: number;
  @Field(() => Float, { description: 'Nominal coverage, such as 0.95.' }) level: number;
  @Field(() => String, { description: 'How it was made.' }) method: string;
}

@ObjectType('Estimate', {
  description: 'A figure with its interval, or the reason why there is none. Never NaN, never infinite.',
})
@Guard('inherit')
export class EstimateObject {
  @Field(() => Float, { nullable: true, description: 'The value; null has a reason.' }) value: number | null;
  @Field(() => EstimateStatusEnum, { description: 'What stands behind it.' }) status: EstimateStatus;
  @Field(() => String, { nullable: true, description: 'Why it is as its status says.' }) reason:
    | string
    | null;
  @Field(() => IntervalObject, { nullable: true, description: 'At the level of units, not of images.' })
  interval: IntervalObject | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Probability of something as large by chance alone, corrected for images of one unit.',
  })
  p: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'The same over all tests of the report (Benjamini–Hochberg).',
  })
  q: number | null;
  @Field(() => Int, { description: 'Images it rests on.' }) imageCount: number;
  @Field(() => Int, { description: 'Independent units it rests on.' }) unitCount: number;
  @Field(() => String, { description: 'Name of the formula; docs/statistics.md has it.' }) method: string;
  @Field(() => String, { description: 'Version of the formulas.' }) specificationVersion: string;
}

@ObjectType('Verdict', { description: 'A colour, how sure it is, and what would settle it.' })
@Guard('inherit')
export class VerdictObject {
  @Field(() => ColourEnum, { description: 'The colour.' }) colour: Colour;
  @Field(() => CertaintyEnum, { description: 'How sure.' }) certainty: Certainty;
  @Field(() => Float, {
    nullable: true,
    description: 'GREY: so many units would make the interval narrower than amber; null: unknown.',
  })
  unitsNeeded: number | null;
}

@ObjectType('ThresholdLimits', { description: 'Where amber and red begin on one side.' })
@Guard('inherit')
export class ThresholdLimitsObject {
  @Field(() => WorseSideEnum, { description: 'The side.' }) worse: 'ABOVE' | 'BELOW';
  @Field(() => Float, { description: 'Amber begins here.' }) amber: number;
  @Field(() => Float, { description: 'Red begins here.' }) red: number;
}

@ObjectType('Threshold', { description: 'The limits of a figure, with where they come from.' })
@Guard('inherit')
export class ThresholdObject {
  @Field(() => [ThresholdLimitsObject], { description: 'One side, or both.' })
  limits: readonly ThresholdLimitsObject[];
  @Field(() => ThresholdOriginEnum, { description: 'How far the source was checked.' })
  origin: 'SEEN' | 'MEMORY' | 'CONVENTION' | 'DATASET';
  @Field(() => String, { description: 'The source.' }) source: string;
}

@ObjectType('Caveat', { description: 'What a reader must know besides.' })
@Guard('inherit')
export class CaveatObject {
  @Field(() => CaveatCodeEnum, { description: 'For machines.' }) code: CaveatCode;
  @Field(() => String, { description: 'For people.' }) sentence: string;
}

@ObjectType('Card', { description: 'What a person reads first of a report.' })
@Guard('inherit')
export class CardObject {
  @Field(() => CardKindEnum, { description: 'What it is about.' }) kind: CardKind;
  @Field(() => ColourEnum, { description: 'How it stands.' }) colour: Colour;
  @Field(() => CertaintyEnum, { description: 'How sure that is.' }) certainty: Certainty;
  @Field(() => String, { description: 'The finding.' }) sentence: string;
  @Field(() => EstimateObject, { description: 'The figure it rests on.' }) headline: EstimateObject;
  @Field(() => ThresholdObject, { description: 'What the figure is held against.' })
  threshold: ThresholdObject;
  @Field(() => Int, { description: 'Images it rests on.' }) imageCount: number;
  @Field(() => Int, { description: 'Independent units it rests on.' }) unitCount: number;
  @Field(() => Float, { nullable: true, description: 'GREY: so many units would tell; null: unknown.' })
  unitsNeeded: number | null;
  @Field(() => [CaveatObject], { description: 'What to know besides.' }) caveats: readonly CaveatObject[];
}
