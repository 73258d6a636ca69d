import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../governance/connection.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { Colour } from '../statistics/colour.ts';
import { BiasReportKindEnum, BiasReportObject } from './bias.schema.ts';
import type { ReportKind } from './bias-counts.ts';
import { ColourEnum, EstimateObject } from './cards/estimate.schema.ts';
import type { OrderState } from './report-order.ts';

const ReportOrderStateEnum = {
  WAITING: 'WAITING',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
} as const;
registerEnumType(ReportOrderStateEnum, {
  name: 'ReportOrderState',
  description: 'How far an order for a report is.',
  valuesConfig: {
    WAITING: { description: 'No server has begun with it.' },
    RUNNING: { description: 'A server reads the images, then computes.' },
    DONE: { description: 'The report is there.' },
    FAILED: { description: 'It could not be made; `fault` says why.' },
  },
});

@ObjectType('ReportSummary', { description: 'A report that was made, without its tables.' })
@Guard('dataset.read')
export class ReportSummaryObject {
  datasetId: string;
  @Field(() => ID, { description: 'Give it to `biasReport`, or to GET /reports/{id}.json, .csv or .md.' })
  id: string;
  @Field(() => BiasReportKindEnum, { description: 'What it asks.' }) kind: ReportKind;
  @Field(() => Int, { description: 'The revision it is of.' }) revision: number;
  @Field(() => String, { nullable: true, description: 'Digest of the snapshot it is of.' }) snapshot:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'Name of the split it is of.' }) split: string | null;
  @Field(() => String, { nullable: true, description: 'The only part it looks at.' }) part: string | null;
  @Field(() => String, { description: 'Version of what made it.' }) engine: string;
  @Field(() => ColourEnum, { description: 'The worst colour of its cards.' }) colour: Colour;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' }) madeAt: Date;
}

export const ReportSummaryConnection = connectionOf<ReportSummaryObject>(
  'ReportSummary',
  () => ReportSummaryObject,
);

@ObjectType('ReportOrder', { description: 'An order for a report, and the job that makes it.' })
@Guard('dataset.read')
export class ReportOrderObject {
  datasetId: string;
  @Field(() => ID, { description: 'Give it to `reportOrder`.' }) id: string;
  @Field(() => ReportOrderStateEnum, { description: 'How far it is.' }) state: OrderState;
  @Field(() => Int, { description: 'Images read.' }) done: number;
  @Field(() => Int, { description: 'Images to read; 0 before it has begun.' }) total: number;
  @Field(() => String, { nullable: true, description: 'Why it failed.' }) fault: string | null;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was ordered.' }) requestedAt: Date;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ended.' }) finishedAt: Date | null;
}

@InputType({ description: 'Which report is ordered.' })
export class OrderReportInput {
  @Field(() => String, { description: 'Slug of the dataset.' }) dataset: string;
  @Field(() => BiasReportKindEnum, { description: 'What it asks.' }) kind: ReportKind;
  @Field(() => String, { nullable: true, description: 'Digest: of this snapshot of the dataset.' })
  snapshot?: string | null;
  @Field(() => Int, { nullable: true, description: 'Of this revision; the current one unless said.' })
  asOf?: number | null;
  @Field(() => String, { nullable: true, description: 'Name of a split.' }) split?: string | null;
  @Field(() => String, { nullable: true, description: 'Only the images of this part of the split.' })
  part?: string | null;
  @Field(() => String, { nullable: true, description: 'SELECTION: name of a target population.' })
  target?: string | null;
  @Field(() => String, { nullable: true, description: 'Slug of a dataset to hold numbers against.' })
  reference?: string | null;
  @Field(() => String, { nullable: true, description: 'SPLIT: the field whose groups may not be shared.' })
  group?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'SPLIT: the test part is of another world on purpose.',
  })
  external?: boolean | null;
}
export const OrderReportResult = resultOf('OrderReport', ReportOrderObject);

@ObjectType('CardChange', { description: 'What became of a card.' })
@Guard('inherit')
export class CardChangeObject {
  @Field(() => String, { description: 'What the card is about.' }) kind: string;
  @Field(() => ColourEnum, { nullable: true, description: 'Its colour before; null: there was none.' })
  before: Colour | null;
  @Field(() => ColourEnum, { nullable: true, description: 'Its colour after; null: there is none.' })
  after: Colour | null;
  @Field(() => String, { nullable: true, description: 'What it said before.' }) sentenceBefore: string | null;
  @Field(() => String, { nullable: true, description: 'What it says after.' }) sentenceAfter: string | null;
}

@ObjectType('FigureChange', { description: 'A figure that differs between two reports.' })
@Guard('inherit')
export class FigureChangeObject {
  @Field(() => String, { description: 'Where it stands: `factors[site].levels[north].share`.' }) path: string;
  @Field(() => EstimateObject, { nullable: true, description: 'Before.' }) before: EstimateObject | null;
  @Field(() => EstimateObject, { nullable: true, description: 'After.' }) after: EstimateObject | null;
  @Field(() => Float, { nullable: true, description: 'After less before.' }) difference: number | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the intervals lie apart: then it changed beyond doubt. If not, it may have.',
  })
  apart: boolean | null;
}

@ObjectType('ReportComparison', { description: 'What changed between two reports of one kind.' })
@Guard('dataset.read')
export class ReportComparisonObject {
  datasetId: string;
  @Field(() => BiasReportObject, { description: 'The report before.' }) base: BiasReportObject;
  @Field(() => BiasReportObject, { description: 'The report after.' }) other: BiasReportObject;
  @Field(() => [CardChangeObject], { description: 'Card by card.' }) cards: readonly CardChangeObject[];
  @Field(() => [FigureChangeObject], {
    description: 'At most 500: those whose intervals lie apart first, then by the size of the difference.',
  })
  changes: readonly FigureChangeObject[];
  @Field(() => Int, { description: 'How many figures differ.' }) changed: number;
  @Field(() => Int, { description: 'How many do not.' }) unchanged: number;
}
