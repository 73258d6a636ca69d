import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../governance/rule.schema.ts';
import type { Colour } from '../statistics/colour.ts';
import { REPORT_KINDS, type ReportKind } from './bias-counts.ts';
import { CardObject, ColourEnum, EstimateObject, VerdictObject } from './estimate.schema.ts';
import { TargetPopulationObject } from './target.schema.ts';

const FactorStatusEnum = {
  COUNTED: 'COUNTED',
  NEVER_RECORDED: 'NEVER_RECORDED',
  TOO_MANY_LEVELS: 'TOO_MANY_LEVELS',
} as const;
registerEnumType(FactorStatusEnum, {
  name: 'FactorStatus',
  description: 'Whether a factor could be looked at.',
  valuesConfig: {
    COUNTED: { description: 'It was.' },
    NEVER_RECORDED: { description: 'No image has a value of it.' },
    TOO_MANY_LEVELS: { description: 'It has more than 1000 levels: an identifier, not a factor.' },
  },
});
const LevelKindEnum = { LEVEL: 'LEVEL', OTHER: 'OTHER', MISSING: 'MISSING' } as const;
registerEnumType(LevelKindEnum, {
  name: 'LevelKind',
  description: 'What a row of a factor stands for.',
  valuesConfig: {
    LEVEL: { description: 'One level.' },
    OTHER: { description: 'All levels of fewer than five units, pooled.' },
    MISSING: { description: 'Images whose level is not known.' },
  },
});

export const BiasReportKindEnum = Object.fromEntries(REPORT_KINDS.map((kind) => [kind, kind])) as {
  [K in ReportKind]: K;
};
registerEnumType(BiasReportKindEnum, {
  name: 'BiasReportKind',
  description: 'What a report asks.',
  valuesConfig: {
    SELECTION: { description: 'Does the dataset look like the world it will be used in?' },
    MEASUREMENT: { description: 'Do images differ because of who, what or when took them?' },
    ASSOCIATION: { description: 'Could the label be guessed without looking at the image?' },
    ATTRITION: { description: 'Did leaving images out change what the dataset says?' },
    SPLIT: { description: 'Is the test set a fair and separate exam?' },
    AGREEMENT: { description: 'How much do annotators agree?' },
  },
});
const REPORT_TYPES: Readonly<Record<ReportKind, string>> = {
  SELECTION: 'SelectionReport',
  MEASUREMENT: 'MeasurementReport',
  ASSOCIATION: 'AssociationReport',
  ATTRITION: 'AttritionReport',
  SPLIT: 'SplitReport',
  AGREEMENT: 'AgreementReport',
};

@InterfaceType('BiasReport', {
  description: 'What every bias report says: its subject, its formulas, its cards.',
  resolveType: ({ kind }: { kind: ReportKind }) => REPORT_TYPES[kind],
})
@Guard('inherit')
export abstract class BiasReportObject {
  @Field(() => ID, { description: 'Of what was asked: the same request has the same id and the same bytes.' })
  id: string;
  @Field(() => BiasReportKindEnum, { description: 'What it asks.' }) kind: ReportKind;
  datasetId: string;
  @Field(() => Int, { description: 'The revision it is of.' }) revision: number;
  @Field(() => String, {
    nullable: true,
    description: 'Digest of the snapshot it is of; null: of the dataset.',
  })
  snapshot: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the split it is of.' }) split: string | null;
  @Field(() => String, { nullable: true, description: 'The only part of the split it looks at.' }) part:
    | string
    | null;
  @Field(() => String, { description: 'Version of what makes reports.' }) engine: string;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' }) madeAt: Date;
  @Field(() => String, { description: 'Version of the formulas.' }) specificationVersion: string;
  @Field(() => String, { description: 'What the streams of its random numbers are made of.' })
  seed: string;
  @Field(() => Int, { description: 'Kept images.' }) imageCount: number;
  @Field(() => Int, { description: 'Independent units among them.' }) unitCount: number;
  @Field(() => Int, { description: 'Images of unknown unit; each counts as a unit.' })
  imagesOfUnknownUnit: number;
  @Field(() => ColourEnum, { description: 'The worst colour of its cards.' }) colour: Colour;
  @Field(() => [CardObject], { description: 'What to read first.' }) cards: readonly CardObject[];
}

@ObjectType('ChiSquareTest', {
  description: 'A chi-square test, corrected for images of one unit (Rao–Scott).',
})
@Guard('inherit')
export class ChiSquareTestObject {
  @Field(() => Float, { nullable: true, description: 'Pearson’s statistic, not corrected.' })
  chiSquare: number | null;
  @Field(() => Float, { nullable: true, description: 'Likelihood ratio statistic, not corrected.' })
  likelihoodRatio: number | null;
  @Field(() => Int, { description: 'Degrees of freedom.' }) degreesOfFreedom: number;
  @Field(() => Float, {
    nullable: true,
    description: 'What the statistics are divided by; null: too few units.',
  })
  designEffect: number | null;
  @Field(() => Float, { nullable: true, description: 'Corrected; null where it cannot be.' }) p:
    | number
    | null;
  @Field(() => String, { nullable: true, description: 'The law p is from.' }) pMethod: string | null;
}

@ObjectType('LevelSelection', { description: 'One level of a factor against its target.' })
@Guard('inherit')
export class LevelSelectionObject {
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => LevelKindEnum, { description: 'What the row stands for.' }) kind:
    | 'LEVEL'
    | 'OTHER'
    | 'MISSING';
  @Field(() => EstimateObject, { description: 'Images at the level.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Distinct units with an image at the level.' })
  units: EstimateObject;
  @Field(() => EstimateObject, { description: 'Of images whose level is known; of a MISSING row, of all.' })
  share: EstimateObject;
  @Field(() => Float, { nullable: true, description: 'The target’s; null: none is declared.' })
  targetShare: number | null;
  @Field(() => EstimateObject, { description: 'Share over the target’s share; 1 is par.' })
  representationRatio: EstimateObject;
  @Field(() => EstimateObject, { description: 'Standardized difference of the two shares.' })
  standardizedDifference: EstimateObject;
  @Field(() => Float, { nullable: true, description: 'Weight that would bring the level to its target.' })
  weight: number | null;
  @Field(() => VerdictObject, {
    nullable: true,
    description: 'Null: nothing to be compared with, or a target share below 1 %.',
  })
  verdict: VerdictObject | null;
}

@ObjectType('FactorSelection', { description: 'One factor against its target.' })
@Guard('inherit')
export class FactorSelectionObject {
  @Field(() => String, { description: 'A factor, or `label`.' }) name: string;
  @Field(() => FactorStatusEnum, { description: 'Whether it could be looked at.' }) status: string;
  @Field(() => Boolean, { description: 'Whether the target speaks of it.' }) hasTarget: boolean;
  @Field(() => Boolean, { description: 'Whether images lie at levels of target share 0.' })
  outsideTarget: boolean;
  @Field(() => [LevelSelectionObject], { description: 'By falling images; the missing last.' })
  levels: readonly LevelSelectionObject[];
  @Field(() => EstimateObject, { description: 'Effect size of the misfit.' }) cohenW: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of images that would have to move.' })
  totalVariation: EstimateObject;
  @Field(() => EstimateObject, { description: 'In bits, 0 to 1.' }) jensenShannonDivergence: EstimateObject;
  @Field(() => EstimateObject, { description: 'Of the factor as a whole.' })
  standardizedDifference: EstimateObject;
  @Field(() => EstimateObject, { description: 'For comparison; never coloured.' })
  populationStabilityIndex: EstimateObject;
  @Field(() => Float, {
    nullable: true,
    description: 'What the index reaches in 5 % of cases when nothing has changed.',
  })
  populationStabilityNull: number | null;
  @Field(() => EstimateObject, { description: 'Share of the images left after re-weighting (Kish).' })
  efficiency: EstimateObject;
  @Field(() => ChiSquareTestObject, { nullable: true, description: 'Of fit; null without a target.' })
  test: ChiSquareTestObject | null;
}

@ObjectType('ClassCount', { description: 'How often a class is seen.' })
@Guard('inherit')
export class ClassCountObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, { description: 'Images that show it.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Distinct units with such an image.' }) units: EstimateObject;
  @Field(() => Float, {
    nullable: true,
    description: 'Effective number of samples (Cui et al. 2019): a guide for re-weighting.',
  })
  effectiveSamples: number | null;
}

@ObjectType('ClassImbalance', { description: 'How unevenly classes stand.' })
@Guard('inherit')
export class ClassImbalanceObject {
  @Field(() => EstimateObject, { description: 'Entropy over its largest value, 0 to 1.' })
  evenness: EstimateObject;
  @Field(() => EstimateObject, { description: 'Effective number of classes, exp(H).' })
  effectiveClasses: EstimateObject;
  @Field(() => EstimateObject, { description: 'Effective number of classes, 1/Σp².' })
  effectiveClassesOfOrderTwo: EstimateObject;
  @Field(() => EstimateObject, { description: '1 − Σp².' }) giniSimpson: EstimateObject;
  @Field(() => EstimateObject, { description: 'Largest class over smallest.' })
  imbalanceRatio: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the smallest class.' }) minorityShare: EstimateObject;
  @Field(() => Int, { description: 'Classes with an image.' }) observedClasses: number;
}

@ObjectType('ClassBalance', { description: 'The classes in images and in units.' })
@Guard('inherit')
export class ClassBalanceObject {
  @Field(() => [ClassCountObject], { description: 'In the order of the label schema.' })
  classes: readonly ClassCountObject[];
  @Field(() => ClassImbalanceObject, { description: 'Counted in images.' }) byImages: ClassImbalanceObject;
  @Field(() => ClassImbalanceObject, { description: 'Counted in units.' }) byUnits: ClassImbalanceObject;
  @Field(() => VerdictObject, { description: 'Of the ratio in images, and of classes of few units.' })
  verdict: VerdictObject;
}

@ObjectType('MissingField', { description: 'A field and the images that lack it.' })
@Guard('inherit')
export class MissingFieldObject {
  @Field(() => String, { description: 'Column or declared factor.' }) name: string;
  @Field(() => EstimateObject, { description: 'Images without it.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their share.' }) share: EstimateObject;
  @Field(() => EstimateObject, {
    nullable: true,
    description: 'Bias-corrected V of its absence with the label; null without labels.',
  })
  labelDependence: EstimateObject | null;
  @Field(() => String, {
    nullable: true,
    description: 'Where images show several classes: the class it goes with most.',
  })
  label: string | null;
  @Field(() => VerdictObject, { description: 'One step worse where its absence goes with the label.' })
  verdict: VerdictObject;
}

@ObjectType('SelectionReport', {
  implements: BiasReportObject,
  description: 'Does the dataset look like the world it will be used in?',
})
@Guard('dataset.read')
export class SelectionReportObject extends BiasReportObject {
  @Field(() => TargetPopulationObject, { nullable: true, description: 'What it was held against.' })
  target: TargetPopulationObject | null;
  @Field(() => [FactorSelectionObject], { description: 'Factors with a value, and the label.' })
  factors: readonly FactorSelectionObject[];
  @Field(() => ClassBalanceObject, { description: 'The classes.' }) classBalance: ClassBalanceObject;
  @Field(() => [MissingFieldObject], { description: 'Missing metadata.' })
  missing: readonly MissingFieldObject[];
}
