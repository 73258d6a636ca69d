import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { LANDIS_KOCH_WORDS, type LandisKochWord } from '../../statistics/landis-koch.ts';
import { BiasReportObject } from '../bias.schema.ts';
import { EstimateObject } from '../cards/estimate.schema.ts';

const LandisKochWordEnum = Object.fromEntries(LANDIS_KOCH_WORDS.map((word) => [word, word])) as {
  [K in LandisKochWord]: K;
};
registerEnumType(LandisKochWordEnum, {
  name: 'LandisKochWord',
  description:
    'The word of Landis and Koch (1977) for a κ, by their own account arbitrary: no colour is made of it.',
  valuesConfig: {
    POOR: { description: 'Below 0.' },
    SLIGHT: { description: 'From 0 to .20.' },
    FAIR: { description: 'To .40.' },
    MODERATE: { description: 'To .60.' },
    SUBSTANTIAL: { description: 'To .80.' },
    ALMOST_PERFECT: { description: 'Above .80.' },
  },
});

@ObjectType('ClassAgreement', { description: 'How far annotators agree on one class.' })
@Guard('inherit')
export class ClassAgreementObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, { description: 'Krippendorff’s α of this class against the rest.' })
  alpha: EstimateObject;
  @Field(() => EstimateObject, { description: 'Fleiss’ κ of this class against the rest, generalised.' })
  kappa: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of other annotators who say it where one does.' })
  sameGivenOne: EstimateObject;
}

@ObjectType('ItemsByRatings', { description: 'How many images have so many ratings.' })
@Guard('inherit')
export class ItemsByRatingsObject {
  @Field(() => Int, { description: 'Ratings, one for each annotator.' }) ratings: number;
  @Field(() => Boolean, { description: 'Whether images with more are counted here too.' }) orMore: boolean;
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

@ObjectType('PairAgreement', { description: 'Two annotators on the images that both labelled, 30 or more.' })
@Guard('inherit')
export class PairAgreementObject {
  @Field(() => String, { description: 'Pseudonym of the one.' }) first: string;
  @Field(() => String, { description: 'Pseudonym of the other.' }) second: string;
  @Field(() => EstimateObject, { description: 'Cohen’s κ; its images are those they share.' })
  kappa: EstimateObject;
  @Field(() => LandisKochWordEnum, { nullable: true, description: 'The word for it; null: it has no value.' })
  word: LandisKochWord | null;
  @Field(() => EstimateObject, { description: 'κ with linear weights of the declared order of the classes.' })
  linearKappa: EstimateObject;
  @Field(() => EstimateObject, { description: 'κ with quadratic weights of that order.' })
  quadraticKappa: EstimateObject;
}

@ObjectType('ValuePair', {
  description: 'How the numbers of two annotators differ, the first less the second.',
})
@Guard('inherit')
export class ValuePairObject {
  @Field(() => String, { description: 'Pseudonym of the one.' }) first: string;
  @Field(() => String, { description: 'Pseudonym of the other.' }) second: string;
  @Field(() => EstimateObject, { description: 'Mean difference, in the unit of the values.' })
  meanDifference: EstimateObject;
  @Field(() => EstimateObject, { description: 'Lower limit of agreement, 1.96 sd below it (Bland–Altman).' })
  lowerLimit: EstimateObject;
  @Field(() => EstimateObject, { description: 'Upper limit of agreement, 1.96 sd above it.' })
  upperLimit: EstimateObject;
}

@ObjectType('ValueAgreement', { description: 'How far annotators agree on one number.' })
@Guard('inherit')
export class ValueAgreementObject {
  @Field(() => String, { description: 'What is valued.' }) attribute: string;
  @Field(() => Int, { description: 'Annotators who gave it.' }) raterCount: number;
  @Field(() => EstimateObject, { description: 'Krippendorff’s α with the interval metric.' })
  alpha: EstimateObject;
  @Field(() => EstimateObject, { description: 'ICC(1,1): as if each image had annotators of its own.' })
  oneWay: EstimateObject;
  @Field(() => EstimateObject, { description: 'ICC(2,1): an annotator’s constant offset counts as error.' })
  intraclass: EstimateObject;
  @Field(() => [String], {
    description: 'Pseudonyms of the annotators of both correlations, who all valued the same images.',
  })
  intraclassRaters: readonly string[];
  @Field(() => [ValuePairObject], { description: 'Those that share the most images, at most 50.' })
  pairs: readonly ValuePairObject[];
}

@ObjectType('AgreementReport', {
  implements: BiasReportObject,
  description:
    'How much do people agree on the class of an image, and on numbers? The latest word of each person in the first pass; adjudicated labels are left out.',
})
@Guard('dataset.read')
export class AgreementReportObject extends BiasReportObject {
  @Field(() => EstimateObject, { description: 'Krippendorff’s α, nominal; its interval is over units.' })
  alpha: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'The same α; its interval is over annotators, five or more, and speaks of others like them.',
  })
  alphaOfAnnotators: EstimateObject;
  @Field(() => EstimateObject, { description: 'α with the declared order of the classes.' })
  ordinalAlpha: EstimateObject;
  @Field(() => EstimateObject, { description: 'α of numbers, where the names of all classes are numbers.' })
  intervalAlpha: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of agreeing pairs; takes no account of chance.' })
  percentAgreement: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Fleiss’ κ where all images have as many ratings, else the generalised one.',
  })
  kappa: EstimateObject;
  @Field(() => LandisKochWordEnum, { nullable: true, description: 'The word for κ; null: it has no value.' })
  kappaWord: LandisKochWord | null;
  @Field(() => EstimateObject, {
    description: 'Gwet’s AC1, which unequal classes move less; over the classes in use.',
  })
  ac1: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Gwet’s AC2, quadratic weights of the declared order of the classes.',
  })
  ac2: EstimateObject;
  @Field(() => [ClassAgreementObject], { description: 'Lowest α first, at most 200.' })
  classes: readonly ClassAgreementObject[];
  @Field(() => [ItemsByRatingsObject], {
    description: 'The overlap design: images with 0, 1, 2, 3 or more ratings.',
  })
  overlap: readonly ItemsByRatingsObject[];
  @Field(() => Int, { description: 'Annotators who are people with a name.' }) raterCount: number;
  @Field(() => Int, { description: 'Ratings of people who are only counted, of a GROUP.' })
  unnamedRatings: number;
  @Field(() => [RaterAgreementObject], {
    description:
      'Each against the others; of those with 30 shared images or more the lowest agreement first, then the rest, at most 50.',
  })
  raters: readonly RaterAgreementObject[];
  @Field(() => [PairAgreementObject], {
    description: 'Pairs of the 64 busiest annotators that share the most images, at most 200.',
  })
  pairs: readonly PairAgreementObject[];
  @Field(() => [ValueAgreementObject], { description: 'Numbers, by attribute, at most 100.' })
  values: readonly ValueAgreementObject[];
  @Field(() => Int, { description: 'Labels that a later one by the same annotator replaced.' })
  supersededRatings: number;
}
