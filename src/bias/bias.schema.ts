import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../governance/rule.schema.ts';
import type { Colour } from '../statistics/colour.ts';
import { REPORT_KINDS, type ReportKind } from './bias-counts.ts';
import { CardObject, ColourEnum } from './cards/estimate.schema.ts';

export const LevelKindEnum = { LEVEL: 'LEVEL', OTHER: 'OTHER', MISSING: 'MISSING' } as const;
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
    SHAPES: { description: 'How much do annotators agree on where things are?' },
    RATERS: { description: 'Who among the annotators is systematically different?' },
  },
});
const REPORT_TYPES: Readonly<Record<ReportKind, string>> = {
  SELECTION: 'SelectionReport',
  MEASUREMENT: 'MeasurementReport',
  ASSOCIATION: 'AssociationReport',
  ATTRITION: 'AttritionReport',
  SPLIT: 'SplitReport',
  AGREEMENT: 'AgreementReport',
  SHAPES: 'ShapeReport',
  RATERS: 'RaterReport',
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
