import { Field, InputType, ObjectType } from 'type-graphql';
import { DatasetObject } from '../../catalogue/catalogue.schema.ts';
import { resultOf } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';

@ObjectType('TargetShare', { description: 'The share of one level of a factor in a target population.' })
@Guard('inherit')
export class TargetShareObject {
  @Field(() => String, { description: 'A factor, or `label`.' }) factor: string;
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => String, { description: 'A canonical decimal within 0 and 1.' }) share: string;
}

@ObjectType('TargetLevel', { description: 'A level of a factor.' })
@Guard('inherit')
export class TargetLevelObject {
  @Field(() => String, { description: 'A factor, or `label`.' }) factor: string;
  @Field(() => String, { description: 'The level.' }) level: string;
}

@ObjectType('TargetStratum', {
  description: 'The share of a combination of levels, one of each factor, in a target population.',
})
@Guard('inherit')
export class TargetStratumObject {
  @Field(() => [TargetLevelObject], { description: 'By factor.' }) levels: readonly TargetLevelObject[];
  @Field(() => String, { description: 'A canonical decimal within 0 and 1.' }) share: string;
  @Field(() => Boolean, { description: 'Cannot occur in the world: its absence is no hole.' })
  structuralZero: boolean;
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
  @Field(() => [TargetShareObject], {
    description: 'Those of each factor sum to 1: as declared, or the sums of the strata.',
  })
  shares: readonly TargetShareObject[];
  @Field(() => [TargetStratumObject], {
    description:
      'Where the target was declared jointly: they sum to 1, and any other combination has share 0.',
  })
  strata: readonly TargetStratumObject[];
}

@InputType({ description: 'The share of one level.' })
export class TargetShareInput {
  @Field(() => String, { description: 'A nominal or ordinal factor, or `label`.' }) factor: string;
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => String, { description: 'A decimal such as "0.25"; those of a factor sum to 1.' })
  share: string;
}

@InputType({ description: 'A level of a factor.' })
export class TargetLevelInput {
  @Field(() => String, { description: 'A nominal or ordinal factor, or `label`.' }) factor: string;
  @Field(() => String, { description: 'The level.' }) level: string;
}

@InputType({ description: 'The share of a combination of levels.' })
export class TargetStratumInput {
  @Field(() => [TargetLevelInput], {
    description: 'One of each factor; the same one to four factors in every stratum.',
  })
  levels: TargetLevelInput[];
  @Field(() => String, { description: 'A decimal such as "0.25"; those of all strata sum to 1.' })
  share: string;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'It cannot occur in the world, and has share 0: its absence is no hole.',
  })
  structuralZero: boolean;
}

@InputType({ description: 'A target population, declared as one: by shares or by strata.' })
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
  @Field(() => [TargetShareInput], { defaultValue: [], description: 'Margins: of one factor or several.' })
  shares: TargetShareInput[];
  @Field(() => [TargetStratumInput], {
    defaultValue: [],
    description: 'Joint strata in place of margins, which follow from them.',
  })
  strata: TargetStratumInput[];
}

@InputType({ description: 'A target population that is to hold no longer.' })
export class WithdrawTargetInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Its name.' }) target: string;
}

export const DeclareTargetResult = resultOf('DeclareTarget', DatasetObject);
export const WithdrawTargetResult = resultOf('WithdrawTarget', DatasetObject);
