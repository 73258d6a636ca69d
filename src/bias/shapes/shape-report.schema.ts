import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { BiasReportObject } from '../bias.schema.ts';
import { EstimateObject } from '../cards/estimate.schema.ts';
import { SHAPE_NOTES, type ShapeNoteCode } from './shape-agreement.ts';

const ShapeNoteCodeEnum = Object.fromEntries(Object.keys(SHAPE_NOTES).map((code) => [code, code])) as {
  [K in ShapeNoteCode]: K;
};
registerEnumType(ShapeNoteCodeEnum, {
  name: 'ShapeNoteCode',
  description: 'What a reader of a report on shapes must know besides.',
  valuesConfig: Object.fromEntries(
    Object.entries(SHAPE_NOTES).map(([code, description]) => [code, { description }]),
  ) as { [K in ShapeNoteCode]: { description: string } },
});

@ObjectType('ShapeNote', { description: 'What a reader must know besides.' })
@Guard('inherit')
export class ShapeNoteObject {
  @Field(() => ShapeNoteCodeEnum, { description: 'Which.' }) code: ShapeNoteCode;
  @Field(() => String, { description: 'In a sentence.' }) sentence: string;
}

@ObjectType({ description: 'The figures of a comparison of shapes.' })
@Guard('inherit')
abstract class DetectionFigures {
  @Field(() => EstimateObject, { description: 'F1 of boxes matched at an overlap (IoU) of .5.' })
  f1At50: EstimateObject;
  @Field(() => EstimateObject, { description: 'F1 of boxes matched at an overlap of .75.' })
  f1At75: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'F1 at .5 less F1 at .75: large where borders, not objects, are disputed.',
  })
  f1Drop: EstimateObject;
  @Field(() => EstimateObject, { description: 'Mean overlap of matched boxes.' }) meanOverlap: EstimateObject;
  @Field(() => EstimateObject, { description: 'Overlap of the matched over matched and half of the others.' })
  panopticQuality: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of matched boxes of one class.' })
  classAgreement: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Share, of images that either left without a box, of those that both did.',
  })
  bothEmpty: EstimateObject;
}

@ObjectType('PairBoxAgreement', { description: 'The boxes of two annotators.' })
@Guard('inherit')
export class PairBoxAgreementObject extends DetectionFigures {
  @Field(() => String, { description: 'Pseudonym of the one.' }) first: string;
  @Field(() => String, { description: 'Pseudonym of the other.' }) second: string;
  @Field(() => EstimateObject, { description: 'Images that both saw.' }) images: EstimateObject;
}

@ObjectType('BoxAgreement', {
  description: 'How far annotators draw the same boxes, over all pairs on all images.',
})
@Guard('inherit')
export class BoxAgreementObject extends DetectionFigures {
  @Field(() => [PairBoxAgreementObject], { description: 'Lowest F1 at .5 first, at most 50.' })
  pairs: readonly PairBoxAgreementObject[];
  @Field(() => Int, { description: 'Pairs of annotators compared.' }) pairCount: number;
}

@ObjectType({ description: 'The figures of a comparison of shapes.' })
@Guard('inherit')
abstract class SegmentationFigures {
  @Field(() => EstimateObject, { description: 'Mean Dice of two masks of one class in one image.' })
  dice: EstimateObject;
  @Field(() => EstimateObject, { description: 'Mean overlap (IoU).' }) overlap: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Mean 95th percentile Hausdorff distance in pixels (boundary-px-v1).',
  })
  hausdorff95: EstimateObject;
  @Field(() => EstimateObject, { description: 'Mean share of the boundaries within 2 pixels of each other.' })
  surfaceDice: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Share, of pairs of which either is empty, of those of which both are.',
  })
  agreedAbsent: EstimateObject;
}

@ObjectType('PairMaskAgreement', { description: 'The masks of two annotators.' })
@Guard('inherit')
export class PairMaskAgreementObject extends SegmentationFigures {
  @Field(() => String, { description: 'Pseudonym of the one.' }) first: string;
  @Field(() => String, { description: 'Pseudonym of the other.' }) second: string;
  @Field(() => EstimateObject, { description: 'Images of which both drew masks in one frame.' })
  images: EstimateObject;
}

@ObjectType('MaskAgreement', {
  description: 'How far the masks of annotators agree, over all pairs on all images.',
})
@Guard('inherit')
export class MaskAgreementObject extends SegmentationFigures {
  @Field(() => [PairMaskAgreementObject], { description: 'Lowest Dice first, at most 50.' })
  pairs: readonly PairMaskAgreementObject[];
  @Field(() => Int, { description: 'Pairs of annotators compared.' }) pairCount: number;
  @Field(() => Int, { description: 'Pairs of masks whose boundaries were measured.' })
  distancesMeasured: number;
  @Field(() => Int, { description: 'Pairs of masks compared.' }) masksCompared: number;
  @Field(() => Int, { description: 'Images with masks of different frames, which are not compared.' })
  imagesOfOtherFrames: number;
}

@ObjectType('IdenticalMasks', {
  description: 'Two names, of people or references, under which the same masks stand, to the pixel.',
})
@Guard('inherit')
export class IdenticalMasksObject {
  @Field(() => String, { description: 'The one.' }) first: string;
  @Field(() => String, { description: 'The other.' }) second: string;
  @Field(() => EstimateObject, { description: 'Pairs of masks that are the same.' })
  identical: EstimateObject;
  @Field(() => EstimateObject, { description: 'Pairs of masks that are not.' }) different: EstimateObject;
  @Field(() => [String], { description: 'Some of the images: their 32 digits.' }) images: readonly string[];
}

@ObjectType('ShapeReport', {
  implements: BiasReportObject,
  description:
    'How much do people agree on where things are? Boxes and masks of the first pass, two annotators at a time; adjudicated ones are left out.',
})
@Guard('dataset.read')
export class ShapeReportObject extends BiasReportObject {
  @Field(() => BoxAgreementObject, { description: 'Boxes.' }) boxes: BoxAgreementObject;
  @Field(() => MaskAgreementObject, { description: 'Masks, outlines and ellipses, class by class.' })
  masks: MaskAgreementObject;
  @Field(() => [IdenticalMasksObject], { description: 'Findings: most identical masks first, at most 50.' })
  identicalMasks: readonly IdenticalMasksObject[];
  @Field(() => [ShapeNoteObject], { description: 'What must be known besides.' })
  notes: readonly ShapeNoteObject[];
  @Field(() => Int, { description: 'People who marked something.' }) raterCount: number;
}
