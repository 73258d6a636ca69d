import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../governance/connection.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';

@ObjectType('TrainingRunMetric', { description: 'One measure of one part.' })
@Guard('inherit')
export class TrainingRunMetricObject {
  @Field(() => String, { description: 'The part it was measured on.' }) part: string;
  @Field(() => String, { description: 'Its name, such as accuracy.' }) name: string;
  @Field(() => Float, { description: 'Its value, as reported.' }) value: number;
}

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
  @Field(() => GraphQLDateTimeISO, { description: 'When it was reported.' }) reportedAt: Date;
}
export const TrainingRunConnection = connectionOf<TrainingRunObject>('TrainingRun', () => TrainingRunObject);

@InputType({ description: 'One measure of one part.' })
export class TrainingRunMetricInput {
  @Field(() => String, { description: 'The part it was measured on.' }) part: string;
  @Field(() => String, { description: 'Its name, such as accuracy.' }) name: string;
  @Field(() => Float, { description: 'A finite number.' }) value: number;
}

@InputType({ description: 'A run to report.' })
export class ReportTrainingRunInput {
  @Field(() => String, { description: 'Digest of the snapshot, sha256:….' }) snapshot: string;
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
}

export const ReportTrainingRunResult = resultOf('ReportTrainingRun', TrainingRunObject);
