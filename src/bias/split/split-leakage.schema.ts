import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { DuplicateJudgementEnum } from '../../ingestion/ledger.schema.ts';
import { EstimateObject, VerdictObject } from '../cards/estimate.schema.ts';
import { ImageSelectionObject } from '../images/image-selection.schema.ts';
import type { LeakageWeight } from './split-leakage.ts';

const LeakageWeightEnum = { RED: 'RED', AMBER: 'AMBER', INFORMATION: 'INFORMATION' } as const;
registerEnumType(LeakageWeightEnum, {
  name: 'LeakageWeight',
  description: 'What a group in two parts is.',
  valuesConfig: {
    RED: { description: 'A fault that voids the score.' },
    AMBER: { description: 'A doubt.' },
    INFORMATION: { description: 'What one should know: the test is of known sites, not of new ones.' },
  },
});

@ObjectType('PartImages', { description: 'Images of something in a part.' })
@Guard('inherit')
export class PartImagesObject {
  @Field(() => String, { description: 'The part.' }) part: string;
  @Field(() => EstimateObject, { description: 'Images.' }) images: EstimateObject;
}

@ObjectType('LeakedGroup', { description: 'A group, or the images of the same bytes, in two parts or more.' })
@Guard('inherit')
export class LeakedGroupObject {
  @Field(() => String, { description: 'The value of the key; of bytes their digest.' }) value: string;
  @Field(() => [PartImagesObject], { description: 'The parts where it stands.' })
  parts: readonly PartImagesObject[];
  @Field(() => ImageSelectionObject, { description: 'Its images.' }) selection: ImageSelectionObject;
}

@ObjectType('KeyLeakage', { description: 'Groups of one key in two parts or more.' })
@Guard('inherit')
export class KeyLeakageObject {
  @Field(() => String, { description: '`unit`, or the field.' }) key: string;
  @Field(() => LeakageWeightEnum, { description: 'What such a group is.' }) weight: LeakageWeight;
  @Field(() => EstimateObject, { description: 'Images of known group.' }) knownImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Known groups.' }) knownGroups: EstimateObject;
  @Field(() => EstimateObject, { description: 'Those of them in two parts or more.' })
  sharedGroups: EstimateObject;
  @Field(() => EstimateObject, { description: 'Test images whose group is also in train.' })
  testImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their share of the test images.' }) testShare: EstimateObject;
  @Field(() => [LeakedGroupObject], {
    description: 'The first 50 by name; of a personal dataset none, for a row would be of one person.',
  })
  groups: readonly LeakedGroupObject[];
  @Field(() => VerdictObject, { nullable: true, description: 'Null: for information.' })
  verdict: VerdictObject | null;
}

@ObjectType('LabelConflict', { description: 'The same bytes under different labels.' })
@Guard('inherit')
export class LabelConflictObject {
  @Field(() => String, { description: 'Digest of the bytes.' }) digest: string;
  @Field(() => [String], { description: 'All classes of these images.' }) labels: readonly string[];
  @Field(() => ImageSelectionObject, { description: 'The images.' }) selection: ImageSelectionObject;
}

@ObjectType('ExactLeakage', { description: 'Images of the same bytes in two parts or more.' })
@Guard('inherit')
export class ExactLeakageObject {
  @Field(() => EstimateObject, { description: 'Images whose bytes are known.' }) knownImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Contents in two parts or more.' }) contents: EstimateObject;
  @Field(() => EstimateObject, { description: 'Test images whose bytes are in train too.' })
  testImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their share of the test images.' }) testShare: EstimateObject;
  @Field(() => [LeakedGroupObject], {
    description: 'The first 50 by digest; of a personal dataset none.',
  })
  groups: readonly LeakedGroupObject[];
  @Field(() => EstimateObject, { description: 'Contents whose images differ in their labels, in any part.' })
  conflictCount: EstimateObject;
  @Field(() => [LabelConflictObject], { description: 'The first 50 by digest; of a personal dataset none.' })
  conflicts: readonly LabelConflictObject[];
  @Field(() => VerdictObject, { description: 'RED where there is one.' }) verdict: VerdictObject;
}

@ObjectType('LeakedPair', { description: 'Two images alike, in different parts.' })
@Guard('inherit')
export class LeakedPairObject {
  @Field(() => String, { description: 'Id of one image.' }) first: string;
  @Field(() => String, { description: 'Id of the other.' }) second: string;
  @Field(() => String, { description: 'The part of the first.' }) firstPart: string;
  @Field(() => String, { description: 'The part of the second.' }) secondPart: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Near duplicates: bits of 64 in which the hashes differ.',
  })
  distance?: number;
  @Field(() => Float, { nullable: true, description: 'Near duplicates: correlation of the pixels.' })
  correlation?: number;
  @Field(() => DuplicateJudgementEnum, { nullable: true, description: 'Declared ones: how alike.' })
  judgement?: 'EXACT' | 'NEAR' | 'SIMILAR';
  @Field(() => ImageSelectionObject, { description: 'The two images.' }) selection: ImageSelectionObject;
}

@ObjectType('NearLeakage', { description: 'Images alike by their looks in two parts.' })
@Guard('inherit')
export class NearLeakageObject {
  @Field(() => Boolean, { description: 'Whether any images could be compared.' }) isExamined: boolean;
  @Field(() => EstimateObject, { description: 'Pairs of contents across parts alike by their hashes.' })
  candidates: EstimateObject;
  @Field(() => EstimateObject, { description: 'Those of them that the pixels confirm.' })
  confirmed: EstimateObject;
  @Field(() => EstimateObject, { description: 'Test images with a confirmed one in train.' })
  testImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their share of the test images.' }) testShare: EstimateObject;
  @Field(() => [LeakedPairObject], { description: 'The first 50 confirmed; of a personal dataset none.' })
  pairs: readonly LeakedPairObject[];
  @Field(() => VerdictObject, { description: 'AMBER where there is one.' }) verdict: VerdictObject;
}

@ObjectType('TestImages', { description: 'Test images that something holds for; of folds, images of any.' })
@Guard('inherit')
export class TestImagesObject {
  @Field(() => EstimateObject, { description: 'Images.' }) testImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their share of the test images.' }) testShare: EstimateObject;
}

@ObjectType('JudgedLeakage', { description: 'Declared copies of one judgement.' })
@Guard('inherit')
export class JudgedLeakageObject extends TestImagesObject {
  @Field(() => DuplicateJudgementEnum, { description: 'How alike.' }) judgement: 'EXACT' | 'NEAR' | 'SIMILAR';
  @Field(() => EstimateObject, { description: 'Pairs in the split.' }) pairs: EstimateObject;
  @Field(() => EstimateObject, { description: 'Those of them in two parts.' }) acrossParts: EstimateObject;
  @Field(() => VerdictObject, { description: 'Across parts EXACT is RED, others AMBER.' })
  verdict: VerdictObject;
}

@ObjectType('DeclaredLeakage', { description: 'Copies that somebody declared, in two parts.' })
@Guard('inherit')
export class DeclaredLeakageObject {
  @Field(() => [JudgedLeakageObject], { description: 'Those of each judgement.' })
  judgements: readonly JudgedLeakageObject[];
  @Field(() => EstimateObject, { description: 'Test images with a declared copy in train.' })
  testImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their share of the test images.' }) testShare: EstimateObject;
  @Field(() => TestImagesObject, {
    description:
      'Test images that a set without copies would lack: those linked to train, and all but one of each group in test.',
  })
  redundant: TestImagesObject;
  @Field(() => EstimateObject, { description: 'Pairs with a test image.' }) testPairs: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'How many of these there are for each test image, as Barz and Denzler (2020) count.',
  })
  pairsPerTestImage: EstimateObject;
  @Field(() => [LeakedPairObject], { description: 'The first 50 across parts; of a personal dataset none.' })
  pairs: readonly LeakedPairObject[];
  @Field(() => VerdictObject, { nullable: true, description: 'Null: nobody has declared any.' })
  verdict: VerdictObject | null;
}

@ObjectType('SplitLeakage', { description: 'What stands in two parts of a split.' })
@Guard('inherit')
export class SplitLeakageObject {
  @Field(() => EstimateObject, { description: 'Test images with a unit, a group or any copy in train.' })
  testImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their share of the test images.' }) testShare: EstimateObject;
  @Field(() => [KeyLeakageObject], {
    description: 'The unit, the group asked for, then session, plate, plot, video and site where recorded.',
  })
  keys: readonly KeyLeakageObject[];
  @Field(() => ExactLeakageObject, { description: 'The same bytes.' }) exact: ExactLeakageObject;
  @Field(() => NearLeakageObject, { description: 'Alike by looks.' }) near: NearLeakageObject;
  @Field(() => DeclaredLeakageObject, { description: 'Declared copies.' }) declared: DeclaredLeakageObject;
}
