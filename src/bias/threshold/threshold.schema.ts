import { Field, Float, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DatasetObject } from '../../catalogue/catalogue.schema.ts';
import { resultOf } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { THRESHOLDS } from '../../statistics/thresholds.ts';
import { WorseSideEnum } from '../cards/estimate.schema.ts';
import type { ThresholdName } from './own-threshold.ts';

const NAMES = Object.keys(THRESHOLDS) as ThresholdName[];
const JudgedStatisticEnum = Object.fromEntries(NAMES.map((name) => [name, name])) as {
  [K in ThresholdName]: K;
};
registerEnumType(JudgedStatisticEnum, {
  name: 'JudgedStatistic',
  description: 'A figure that is coloured by limits.',
  valuesConfig: Object.fromEntries(
    NAMES.map((name) => [name, { description: `Its default limits: ${THRESHOLDS[name].source}.` }]),
  ) as { [K in ThresholdName]: { description: string } },
});

@ObjectType('OwnThreshold', { description: 'Limits a dataset has set in place of the default ones.' })
@Guard('inherit')
export class OwnThresholdObject {
  @Field(() => JudgedStatisticEnum, { description: 'Of which figure.' }) statistic: ThresholdName;
  @Field(() => WorseSideEnum, { description: 'On which side it is worse.' }) side: 'ABOVE' | 'BELOW';
  @Field(() => String, { description: 'Amber begins here; a decimal.' }) amber: string;
  @Field(() => String, { description: 'Red begins here; a decimal.' }) red: string;
  @Field(() => String, { description: 'Where the limits come from.' }) source: string;
}

@InputType({ description: 'Limits for one figure of a dataset’s reports.' })
export class DeclareThresholdInput {
  @Field(() => String, { description: 'Slug of the dataset.' }) dataset: string;
  @Field(() => JudgedStatisticEnum, { description: 'Of which figure.' }) statistic: ThresholdName;
  @Field(() => WorseSideEnum, { description: 'On which side it is worse.' }) side: 'ABOVE' | 'BELOW';
  @Field(() => Float, { description: 'Amber begins here.' }) amber: number;
  @Field(() => Float, { description: 'Red begins here, further out.' }) red: number;
  @Field(() => String, { description: 'Where the limits come from.' }) source: string;
}
export const DeclareThresholdResult = resultOf('DeclareThreshold', DatasetObject);
