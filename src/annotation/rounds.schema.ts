import { ArgsType, Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { DatasetObject, ImageObject } from '../catalogue/catalogue.schema.ts';
import { connectionOf, PageArgs } from '../governance/connection.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';

@ObjectType('RoundProgress', { description: 'How far a round is.' })
@Guard('inherit')
export class RoundProgressObject {
  @Field(() => Int, { description: 'Assigned pairs of image and annotator.' }) assigned: number;
  @Field(() => Int, { description: 'Those on which the annotator has said something in the round.' })
  done: number;
}

@ObjectType('RoundAssignment', { description: 'An image that an annotator is to label in a round.' })
@Guard('dataset.read')
export class RoundAssignmentObject {
  datasetId: string;
  @Field(() => ImageObject, { description: 'The image.' }) image: ImageObject;
  @Field(() => String, { description: 'Pseudonym.' }) annotator: string;
  @Field(() => Boolean, { description: 'Whether the annotator has said something of it in the round.' })
  done: boolean;
}
export const RoundAssignmentConnection = connectionOf<RoundAssignmentObject>(
  'RoundAssignment',
  () => RoundAssignmentObject,
);

@ObjectType('QueuedImage', { description: 'An image that needs another rating of its class.' })
@Guard('inherit')
export class QueuedImageObject {
  @Field(() => ImageObject, { description: 'The image.' }) image: ImageObject;
  @Field(() => Int, { description: 'Ratings it has, unnamed votes counted, later looks not.' })
  ratings: number;
  @Field(() => Float, {
    description:
      'Bits that another rating would tell: the entropy of the next label given the votes and a prior of 1/K.',
  })
  need: number;
}

@ArgsType()
export class RoundAssignmentsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only of this annotator.' }) annotator?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only what is still open, or only what is done.' })
  open?: boolean | null;
}

@InputType({ description: 'Images to deal to annotators.' })
export class AssignRoundInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'An open round.' }) round: string;
  @Field(() => [String], { description: 'Pseudonyms of declared annotators.' }) annotators: string[];
  @Field(() => Int, { description: 'How many of them label each image.' }) ratingsPerImage: number;
  @Field(() => [String], {
    nullable: true,
    defaultValue: null,
    description: 'Names of images; null: every kept image.',
  })
  images: string[] | null;
}

@InputType({ description: 'A share of what annotators labelled, for them to look at again.' })
export class AssignRepeatsInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'An open REPEAT round.' }) round: string;
  @Field(() => Float, { defaultValue: 0.05, description: 'Share of what each labelled, from 0 to 1.' })
  share: number;
  @Field(() => Int, { defaultValue: 30, description: 'At least so many each, as far as there are.' })
  least: number;
}

@InputType({ description: 'Which account labels under which pseudonym.' })
export class TieAnnotatorAccountInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Pseudonym of a declared annotator.' }) annotator: string;
  @Field(() => String, { description: 'Name of the principal.' }) account: string;
}

export const AssignRoundResult = resultOf('AssignRound', DatasetObject);
export const AssignRepeatsResult = resultOf('AssignRepeats', DatasetObject);
export const TieAnnotatorAccountResult = resultOf('TieAnnotatorAccount', DatasetObject);
