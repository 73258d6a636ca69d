import { Field, Int, ObjectType } from 'type-graphql';
import { Guard } from '../governance/rule.schema.ts';
import { BiasReportObject } from './bias.schema.ts';
import { EstimateObject } from './estimate.schema.ts';

@ObjectType('ClassAgreement', { description: 'How far annotators agree on one class.' })
@Guard('inherit')
export class ClassAgreementObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, { description: 'Krippendorff’s α of this class against the rest.' })
  alpha: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of other annotators who say it where one does.' })
  sameGivenOne: EstimateObject;
}

@ObjectType('ItemsByRatings', { description: 'How many images have so many ratings.' })
@Guard('inherit')
export class ItemsByRatingsObject {
  @Field(() => Int, { description: 'Ratings, one for each annotator.' }) ratings: number;
  @Field(() => EstimateObject, { description: 'Images.' }) images: EstimateObject;
}

@ObjectType('RaterLabel', {
  description: 'How often one annotator gives a label, and how often the others do.',
})
@Guard('inherit')
export class RaterLabelObject {
  @Field(() => String, { description: 'The label.' }) label: string;
  @Field(() => EstimateObject, { description: 'Share of the annotator’s labels.' }) ownShare: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the others’ labels on the same images.' })
  othersShare: EstimateObject;
}

@ObjectType('RaterAgreement', { description: 'One annotator against the others.' })
@Guard('inherit')
export class RaterAgreementObject {
  @Field(() => String, { description: 'Pseudonym.' }) rater: string;
  @Field(() => EstimateObject, { description: 'Images that another annotator labelled too.' })
  items: EstimateObject;
  @Field(() => EstimateObject, { description: 'Mean share of the others who give the same label.' })
  agreement: EstimateObject;
  @Field(() => [RaterLabelObject], { description: 'Largest difference first, at most 20.' })
  labels: readonly RaterLabelObject[];
}

@ObjectType('AgreementReport', {
  implements: BiasReportObject,
  description: 'How much do annotators agree on the class of an image?',
})
@Guard('dataset.read')
export class AgreementReportObject extends BiasReportObject {
  @Field(() => EstimateObject, { description: 'Krippendorff’s α, nominal.' }) alpha: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of agreeing pairs; takes no account of chance.' })
  percentAgreement: EstimateObject;
  @Field(() => [ClassAgreementObject], { description: 'Lowest α first, at most 200.' })
  classes: readonly ClassAgreementObject[];
  @Field(() => [ItemsByRatingsObject], { description: 'The overlap of annotators.' })
  overlap: readonly ItemsByRatingsObject[];
  @Field(() => Int, { description: 'Annotators who are people.' }) raterCount: number;
  @Field(() => [RaterAgreementObject], { description: 'Lowest agreement first, at most 50.' })
  raters: readonly RaterAgreementObject[];
  @Field(() => Int, { description: 'Labels that a later one by the same annotator replaced.' })
  supersededRatings: number;
}
