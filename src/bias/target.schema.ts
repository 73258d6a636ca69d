import { Field, InputType, ObjectType } from 'type-graphql';
import { DatasetObject } from '../catalogue/catalogue.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';

@ObjectType('TargetShare', { description: 'The share of one level of a factor in a target population.' })
@Guard('inherit')
export class TargetShareObject {
  @Field(() => String, { description: 'A factor, or `label`.' }) factor: string;
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => String, { description: 'A canonical decimal within 0 and 1.' }) share: string;
}

@ObjectType('TargetPopulation', { description: 'The world the model will meet, as somebody declared it.' })
@Guard('dataset.read')
export class TargetPopulationObject {
  datasetId: string;
  @Field(() => String, { description: 'Unique in the dataset.' }) name: string;
  @Field(() => String, { description: 'Where the shares come from.' }) source: string;
  @Field(() => String, { nullable: true, description: 'Year, month or day of the source.' }) dated:
    | string
    | null;
  @Field(() => [TargetShareObject], { description: 'Those of each factor sum to 1.' })
  shares: readonly TargetShareObject[];
}

@InputType({ description: 'The share of one level.' })
export class TargetShareInput {
  @Field(() => String, { description: 'A nominal or ordinal factor, or `label`.' }) factor: string;
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => String, { description: 'A decimal such as "0.25"; those of a factor sum to 1.' })
  share: string;
}

@InputType({ description: 'A target population, declared as one.' })
export class DeclareTargetInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Its name; one of this name is replaced.' }) target: string;
  @Field(() => String, { description: 'Where the shares come from.' }) source: string;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'Year, month or day of the source, such as 2024-03.',
  })
  dated: string | null;
  @Field(() => [TargetShareInput], { description: 'Of one factor or several.' }) shares: TargetShareInput[];
}

export const DeclareTargetResult = resultOf('DeclareTarget', DatasetObject);
