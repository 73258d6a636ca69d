import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf, PageArgs } from '../governance/connection.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';

@ObjectType('TrainingRunMetric', { description: 'One measure of one part.' })
@Guard('inherit')
export class TrainingRunMetricObject {
  @Field(() => String, { description: 'The part it was measured on.' }) part: string;
  @Field(() => String, { description: 'Its name, such as accuracy.' }) name: string;
  @Field(() => Float, { description: 'Its value, as reported.' }) value: number;
  @Field(() => Int, { nullable: true, description: 'Number of images it is of, where that was said.' })
  images: number | null;
}

@ObjectType('NamedText', { description: 'A name and what stands under it.' })
@Guard('inherit')
export class NamedTextObject {
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => String, { description: 'Its value.' }) value: string;
}

@ObjectType('TrainingRunOutcome', { description: 'How one image came out in a run.' })
@Guard('inherit')
export class TrainingRunOutcomeObject {
  @Field(() => ID, { description: 'The image.' }) image: string;
  @Field(() => String, { description: 'The part it was in.' }) part: string;
  @Field(() => Float, { description: '1 right, 0 wrong, or a score between.' }) correct: number;
  @Field(() => String, { nullable: true, description: 'What was predicted, where that was said.' })
  predicted: string | null;
}
export const TrainingRunOutcomeConnection = connectionOf<TrainingRunOutcomeObject>(
  'TrainingRunOutcome',
  () => TrainingRunOutcomeObject,
);

@ObjectType('TrainingRun', { description: 'What was trained on a snapshot, as its consumer reports it.' })
@Guard('dataset.read')
export class TrainingRunObject {
  datasetId: string;
  @Field(() => ID, { description: 'Stable.' }) id: string;
  @Field(() => String, { description: 'Digest of the snapshot.' }) snapshot: string;
  @Field(() => String, { description: 'Name of the model.' }) model: string;
  @Field(() => String, { nullable: true, description: 'The split it used.' }) split: string | null;
  @Field(() => String, { nullable: true, description: 'The part it was trained on.' }) part: string | null;
  @Field(() => Int, { nullable: true, description: 'The fold.' }) fold: number | null;
  @Field(() => Int, { nullable: true, description: 'The repeat.' }) repeat: number | null;
  @Field(() => String, { nullable: true, description: 'The seed.' }) seed: string | null;
  @Field(() => String, { nullable: true, description: 'Version of the training code, such as a commit.' })
  codeVersion: string | null;
  @Field(() => [TrainingRunMetricObject], { description: 'What was measured.' })
  metrics: readonly TrainingRunMetricObject[];
  @Field(() => String, { nullable: true, description: 'The reporter’s own name of the run.' })
  key: string | null;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was started.' })
  startedAt: Date | null;
  @Field(() => Float, { nullable: true, description: 'How long it took, in seconds.' })
  durationSeconds: number | null;
  @Field(() => Float, { nullable: true, description: 'Energy it used, in kWh.' })
  energyKilowattHours: number | null;
  @Field(() => String, { nullable: true, description: 'How the energy was measured.' })
  energyMethod: string | null;
  @Field(() => Int, { nullable: true, description: 'Images it was trained on, where that was said.' })
  trainImages: number | null;
  @Field(() => Int, { nullable: true, description: 'Images it was tested on, where that was said.' })
  testImages: number | null;
  @Field(() => [NamedTextObject], { description: 'Libraries and their versions.' })
  libraries: readonly NamedTextObject[];
  @Field(() => [NamedTextObject], { description: 'Hyperparameters.' })
  hyperparameters: readonly NamedTextObject[];
  @Field(() => [NamedTextObject], { description: 'Hardware it ran on.' })
  hardware: readonly NamedTextObject[];
  @Field(() => String, {
    nullable: true,
    description: 'Why it does not count; null: it was not withdrawn.',
  })
  withdrawnReason: string | null;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was reported.' }) reportedAt: Date;
}
export const TrainingRunConnection = connectionOf<TrainingRunObject>('TrainingRun', () => TrainingRunObject);

@InputType({ description: 'One measure of one part.' })
export class TrainingRunMetricInput {
  @Field(() => String, { description: 'The part it was measured on.' }) part: string;
  @Field(() => String, { description: 'Its name, such as accuracy.' }) name: string;
  @Field(() => Float, { description: 'A finite number.' }) value: number;
  @Field(() => Int, { nullable: true, defaultValue: null, description: 'Number of images it is of.' })
  images: number | null;
}

@InputType({ description: 'A name and what stands under it.' })
export class NamedTextInput {
  @Field(() => String, { description: 'Its name, of 1–200 characters.' }) name: string;
  @Field(() => String, { description: 'Its value.' }) value: string;
}

@InputType({ description: 'A run to report.' })
export class ReportTrainingRunInput {
  @Field(() => String, { description: 'sha256:…, SLUG@TAG or SLUG@sha256:….' }) snapshot: string;
  @Field(() => String, { description: 'Name of the model.' }) model: string;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'The split it used.' }) split:
    | string
    | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'The part it was trained on.' })
  part: string | null;
  @Field(() => Int, { nullable: true, defaultValue: null, description: 'The fold.' }) fold: number | null;
  @Field(() => Int, { nullable: true, defaultValue: null, description: 'The repeat.' }) repeat: number | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'The seed.' }) seed: string | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'Version of the training code.' })
  codeVersion: string | null;
  @Field(() => [TrainingRunMetricInput], { defaultValue: [], description: 'What was measured.' })
  metrics: TrainingRunMetricInput[];
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'Your own name of the run: sent twice under it, it is one run.',
  })
  key: string | null;
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    defaultValue: null,
    description: 'When it was started.',
  })
  startedAt: Date | null;
  @Field(() => Float, { nullable: true, defaultValue: null, description: 'How long it took, in seconds.' })
  durationSeconds: number | null;
  @Field(() => Float, { nullable: true, defaultValue: null, description: 'Energy it used, in kWh.' })
  energyKilowattHours: number | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'How the energy was measured.' })
  energyMethod: string | null;
  @Field(() => Int, { nullable: true, defaultValue: null, description: 'Images it was trained on.' })
  trainImages: number | null;
  @Field(() => Int, { nullable: true, defaultValue: null, description: 'Images it was tested on.' })
  testImages: number | null;
  @Field(() => [NamedTextInput], { defaultValue: [], description: 'Libraries and their versions.' })
  libraries: NamedTextInput[];
  @Field(() => [NamedTextInput], { defaultValue: [], description: 'Hyperparameters.' })
  hyperparameters: NamedTextInput[];
  @Field(() => [NamedTextInput], { defaultValue: [], description: 'Hardware, such as cpu, gpu, memory.' })
  hardware: NamedTextInput[];
}

@ArgsType()
export class RunFilterArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only runs of this model.' }) model?: string | null;
  @Field(() => String, { nullable: true, description: 'Only runs on this split.' }) split?: string | null;
  @Field(() => Boolean, { defaultValue: true, description: 'Whether withdrawn runs are listed too.' })
  withdrawn: boolean;
}

@InputType({ description: 'A run that was reported by mistake.' })
export class WithdrawTrainingRunInput {
  @Field(() => ID, { description: 'The run.' }) id: string;
  @Field(() => String, { description: 'Why it does not count.' }) reason: string;
}

export const WithdrawTrainingRunResult = resultOf('WithdrawTrainingRun', TrainingRunObject);

export const ReportTrainingRunResult = resultOf('ReportTrainingRun', TrainingRunObject);
