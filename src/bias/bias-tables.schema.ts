import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../governance/rule.schema.ts';
import { BiasReportObject, ChiSquareTestObject } from './bias.schema.ts';
import { EstimateObject, VerdictObject } from './estimate.schema.ts';
import { REPORTED_MEASURES, type ReportedMeasure } from './moments.ts';

const QualityMeasureEnum = Object.fromEntries(REPORTED_MEASURES.map((name) => [name, name])) as {
  [K in ReportedMeasure]: K;
};
registerEnumType(QualityMeasureEnum, {
  name: 'QualityMeasure',
  description: 'A measure of an image’s quality; docs/statistics.md has each.',
  valuesConfig: {
    mean: { description: 'Mean luminance, 0 to 255.' },
    contrast: { description: 'Standard deviation of luminance.' },
    robustContrast: { description: '95th less 5th percentile of luminance.' },
    sharpness: { description: 'ln(1 + variance of the Laplacian).' },
    noise: { description: 'Noise (Immerkær 1996).' },
    clippedHigh: { description: 'Share of pixels at the bright end.' },
    clippedLow: { description: 'Share of pixels at the dark end.' },
    saturation: { description: 'Mean saturation.' },
    redGreenCast: { description: 'log2 of red over green.' },
    blueGreenCast: { description: 'log2 of blue over green.' },
    resolution: { description: 'Width times height, pixels.' },
  },
});

@ObjectType('FactorEffect', { description: 'How much of a quality measure’s variance a factor explains.' })
@Guard('inherit')
export class FactorEffectObject {
  @Field(() => QualityMeasureEnum, { description: 'The measure.' }) measure: ReportedMeasure;
  @Field(() => String, { description: 'The factor.' }) factor: string;
  @Field(() => Int, { description: 'Levels compared.' }) levels: number;
  @Field(() => EstimateObject, { description: 'The headline: explained share, less its bias.' })
  omegaSquared: EstimateObject;
  @Field(() => EstimateObject, { description: 'Explained share.' }) etaSquared: EstimateObject;
  @Field(() => EstimateObject, { description: 'Explained share, less its bias (Kelley).' })
  epsilonSquared: EstimateObject;
  @Field(() => EstimateObject, { description: 'The test statistic; p where each unit gives one value.' })
  fStatistic: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of ω².' }) verdict: VerdictObject;
}

@ObjectType('MeasurementReport', {
  implements: BiasReportObject,
  description:
    'Do images differ because of who, what or when took them, rather than because of their subject?',
})
@Guard('dataset.read')
export class MeasurementReportObject extends BiasReportObject {
  @Field(() => [FactorEffectObject], { description: 'Worst first, at most 200.' })
  effects: readonly FactorEffectObject[];
  @Field(() => Int, { description: 'How many there are.' }) effectCount: number;
  @Field(() => [String], { description: 'Fields of more than 1000 levels, which are identifiers.' })
  refusedFactors: readonly string[];
}

@ObjectType('LabelAssociation', { description: 'How far a factor tells the label.' })
@Guard('inherit')
export class LabelAssociationObject {
  @Field(() => String, { description: 'The factor; numbers in ten quantile bins.' }) factor: string;
  @Field(() => String, {
    nullable: true,
    description: 'The class taken as present or absent, where images show several; null: all classes.',
  })
  label: string | null;
  @Field(() => Int, { description: 'Levels of the factor.' }) levels: number;
  @Field(() => EstimateObject, { description: 'Cramér’s V, bias-corrected (Bergsma).' })
  corrected: EstimateObject;
  @Field(() => EstimateObject, { description: 'Cramér’s V.' }) plain: EstimateObject;
  @Field(() => EstimateObject, { description: 'Cohen’s w, which the colour is of.' }) w: EstimateObject;
  @Field(() => EstimateObject, { description: 'Mutual information in nats, less its bias.' })
  millerMadow: EstimateObject;
  @Field(() => EstimateObject, { description: 'Mutual information over the mean entropy.' })
  normalized: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the label’s uncertainty that the factor removes.' })
  theilU: EstimateObject;
  @Field(() => ChiSquareTestObject, { description: 'Of independence.' }) test: ChiSquareTestObject;
  @Field(() => EstimateObject, { description: 'Share of labelled images without the factor: left out.' })
  droppedShare: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of w.' }) verdict: VerdictObject;
}

@ObjectType('LabelPair', {
  description: 'A class and a level that meet oftener, or more rarely, than chance would have it.',
})
@Guard('inherit')
export class LabelPairObject {
  @Field(() => String, { description: 'The factor.' }) factor: string;
  @Field(() => String, { description: 'Its level.' }) level: string;
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, { description: 'Images of both.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'How many times oftener than by chance.' })
  lift: EstimateObject;
  @Field(() => EstimateObject, { description: '−1 never together, 0 by chance, 1 always.' })
  npmi: EstimateObject;
}

@ObjectType('AssociationReport', {
  implements: BiasReportObject,
  description: 'Could the label be guessed without looking at the image?',
})
@Guard('dataset.read')
export class AssociationReportObject extends BiasReportObject {
  @Field(() => [LabelAssociationObject], { description: 'Worst first, at most 200.' })
  associations: readonly LabelAssociationObject[];
  @Field(() => Int, { description: 'How many there are.' }) associationCount: number;
  @Field(() => [LabelPairObject], { description: 'By falling |NPMI|, at most 50.' })
  pairs: readonly LabelPairObject[];
  @Field(() => [String], { description: 'Fields of more than 1000 levels, which are identifiers.' })
  refusedFactors: readonly string[];
}

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
