import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../governance/connection.schema.ts';
import { NodeObject } from '../governance/governance.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { Split } from './split.ts';
import { SPLIT_STRATEGIES, type SplitStrategy } from './split-strategy.ts';

const SplitStrategyEnum = Object.fromEntries(SPLIT_STRATEGIES.map((name) => [name, name])) as {
  [K in SplitStrategy]: K;
};
registerEnumType(SplitStrategyEnum, {
  name: 'SplitStrategy',
  description: 'How a split divides; docs/splits.md has each algorithm.',
  valuesConfig: {
    RANDOM: { description: 'By shares.' },
    STRATIFIED: { description: 'By shares, strata in proportion.' },
    GROUPED: { description: 'By shares, groups whole.' },
    GROUPED_STRATIFIED: { description: 'By shares, groups whole, strata in proportion.' },
    K_FOLD: { description: 'Folds of equal size.' },
    GROUPED_K_FOLD: { description: 'Folds, groups whole.' },
    STRATIFIED_K_FOLD: { description: 'Folds, strata in proportion.' },
    GROUPED_STRATIFIED_K_FOLD: { description: 'Folds, groups whole, strata in proportion.' },
    LEAVE_ONE_GROUP_OUT: { description: 'A part for each group.' },
    BY_TIME: { description: 'By shares, the earliest first.' },
    IMPORTED: { description: 'From a list.' },
  },
});
const SplitStateEnum = { DRAFT: 'DRAFT', FROZEN: 'FROZEN' } as const;
registerEnumType(SplitStateEnum, {
  name: 'SplitState',
  description: 'Whether a split may still change.',
  valuesConfig: {
    DRAFT: { description: 'It may be made again.' },
    FROZEN: { description: 'It never changes; the database refuses.' },
  },
});
const ExaminationStatusEnum = { EXAMINED: 'EXAMINED', NOT_EXAMINED: 'NOT_EXAMINED' } as const;
registerEnumType(ExaminationStatusEnum, {
  name: 'ExaminationStatus',
  description: 'Whether something was looked for. Not looked for is not "none found".',
  valuesConfig: {
    EXAMINED: { description: 'It was.' },
    NOT_EXAMINED: { description: 'It could not be; the reason says why.' },
  },
});

@ObjectType('SplitPart', { description: 'A part and the share asked for it.' })
@Guard('inherit')
export class SplitPartObject {
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => String, { description: 'A decimal; the shares sum to 1.' }) share: string;
}

@ObjectType('PartCount', { description: 'What a part got.' })
@Guard('inherit')
export class PartCountObject {
  @Field(() => String, { description: 'Its name.' }) part: string;
  @Field(() => String, { nullable: true, description: 'The share asked for.' }) asked: string | null;
  @Field(() => String, { description: 'The share it got.' }) share: string;
  @Field(() => Int, { description: 'Images.' }) images: number;
  @Field(() => Int, { nullable: true, description: 'Groups; null without a group key.' }) groups:
    | number
    | null;
  @Field(() => Int, { nullable: true, description: 'Images of unknown group; null without a group key.' })
  imagesWithoutGroup: number | null;
}

@ObjectType('SharedGroup', { description: 'A group that stands in more than one part.' })
@Guard('inherit')
export class SharedGroupObject {
  @Field(() => String, { description: 'The key.' }) key: string;
  @Field(() => String, { description: 'The group.' }) value: string;
  @Field(() => [String], { description: 'The parts.' }) parts: string[];
}

@ObjectType('DuplicateAcrossParts', {
  description: 'Images with the same bytes, or the same look, in different parts.',
})
@Guard('inherit')
export class DuplicateAcrossPartsObject {
  @Field(() => [String], { description: 'Ids of the images.' }) images: string[];
  @Field(() => [String], { description: 'The parts.' }) parts: string[];
  @Field(() => Int, { description: 'Hamming distance of the difference hashes; 0 for the same bytes.' })
  distance: number;
  @Field(() => String, {
    nullable: true,
    description: 'Correlation of the thumbnails; null for the same bytes.',
  })
  correlation: string | null;
}

@ObjectType('SharedGroupFinding', { description: 'Groups across parts: counted, the first thousand listed.' })
@Guard('inherit')
export class SharedGroupFindingObject {
  @Field(() => ExaminationStatusEnum, { description: 'Whether it was looked for.' }) status:
    | 'EXAMINED'
    | 'NOT_EXAMINED';
  @Field(() => String, { nullable: true, description: 'Why it was not.' }) reason: string | null;
  @Field(() => Int, { nullable: true, description: 'How many were found.' }) count: number | null;
  @Field(() => [SharedGroupObject], { description: 'The first thousand.' }) listed: SharedGroupObject[];
}

@ObjectType('DuplicateFinding', {
  description: 'Duplicates across parts: counted, the first thousand listed.',
})
@Guard('inherit')
export class DuplicateFindingObject {
  @Field(() => ExaminationStatusEnum, { description: 'Whether it was looked for.' }) status:
    | 'EXAMINED'
    | 'NOT_EXAMINED';
  @Field(() => String, { nullable: true, description: 'Why it was not.' }) reason: string | null;
  @Field(() => Int, { nullable: true, description: 'How many were found.' }) count: number | null;
  @Field(() => [DuplicateAcrossPartsObject], { description: 'The first thousand.' })
  listed: DuplicateAcrossPartsObject[];
}

@ObjectType('MissingGroupKeys', { description: 'Images whose group is unknown, and how they were treated.' })
@Guard('inherit')
export class MissingGroupKeysObject {
  @Field(() => Int, { description: 'How many.' }) count: number;
  @Field(() => String, { nullable: true, description: 'Their share.' }) share: string | null;
  @Field(() => String, { description: 'EACH_IMAGE_ITS_OWN_GROUP or NOT_USED.' }) treatment: string;
}

@ObjectType('SplitCertificate', { description: 'The proof a split carries.' })
@Guard('inherit')
export class SplitCertificateObject {
  split: Split;
  @Field(() => String, {
    description: 'Name and version of the algorithm, so that a stranger can repeat it.',
  })
  algorithm: string;
  @Field(() => Boolean, { description: 'Whether anything stands in two parts that must not.' })
  leaks: boolean;
  @Field(() => [PartCountObject], { description: 'What each part got.' }) counts: PartCountObject[];
  @Field(() => SharedGroupFindingObject, { description: 'Units and groups across parts.' })
  sharedGroups: SharedGroupFindingObject;
  @Field(() => DuplicateFindingObject, { description: 'The same bytes across parts.' })
  exactDuplicates: DuplicateFindingObject;
  @Field(() => DuplicateFindingObject, { description: 'The same look across parts.' })
  nearDuplicates: DuplicateFindingObject;
  @Field(() => MissingGroupKeysObject, {
    nullable: true,
    description: 'Null where the split has no group key.',
  })
  missingGroupKeys: MissingGroupKeysObject | null;
  @Field(() => String, { nullable: true, description: 'Why it was frozen although it leaks.' }) waiver:
    | string
    | null;
}

@ObjectType('Split', { implements: NodeObject, description: 'Who goes where.' })
@Guard('dataset.read')
export class SplitObject extends NodeObject {
  datasetId: string;
  @Field(() => String, { description: 'Unique in the dataset.' }) name: string;
  @Field(() => SplitStateEnum, { description: 'Draft or frozen.' }) state: 'DRAFT' | 'FROZEN';
  @Field(() => Int, { description: 'The revision it divides.' }) revision: number;
  @Field(() => SplitStrategyEnum, { description: 'How it divides.' }) strategy: SplitStrategy;
  @Field(() => String, { description: 'Its seed: any text.' }) seed: string;
  @Field(() => [SplitPartObject], { description: 'Parts asked for; empty where the strategy makes its own.' })
  parts: SplitPartObject[];
  @Field(() => Int, { nullable: true, description: 'Folds asked for.' }) folds: number | null;
  @Field(() => String, { nullable: true, description: 'What keeps images together.' }) groupBy: string | null;
  @Field(() => String, { nullable: true, description: 'What is kept in proportion.' }) stratifyBy:
    | string
    | null;
  @Field(() => String, { description: 'sha256:… of its document.' }) digest: string;
  @Field(() => String, { description: 'Canonical JSON: what the digest is of.' }) document: string;
  @Field(() => SplitCertificateObject, { description: 'The proof.' }) certificate: SplitCertificateObject;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' }) createdAt: Date;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was frozen; null: a draft.' })
  frozenAt: Date | null;
}
export const SplitConnection = connectionOf<SplitObject>('Split', () => SplitObject);

@ObjectType('SplitAssignment', { description: 'An image and its part.' })
@Guard('dataset.read')
export class SplitAssignmentObject {
  datasetId: string;
  @Field(() => String, { description: 'Id of the image, 32 hexadecimal digits.' }) image: string;
  @Field(() => String, { description: 'Its part.' }) part: string;
}
export const SplitAssignmentConnection = connectionOf<SplitAssignmentObject>(
  'SplitAssignment',
  () => SplitAssignmentObject,
);

@InputType({ description: 'A part and its share.' })
export class SplitPartInput {
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => String, { description: 'A decimal such as "0.7"; the shares sum to 1.' }) share: string;
}

@InputType({ description: 'An image and its part, for an imported split.' })
export class AssignmentInput {
  @Field(() => String, { description: 'Name of the image.' }) image: string;
  @Field(() => String, { description: 'Its part.' }) part: string;
}

@InputType({ description: 'How to divide the kept images.' })
export class CreateSplitInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Its name; a draft of this name is made again.' }) name: string;
  @Field(() => SplitStrategyEnum, { description: 'How.' }) strategy: SplitStrategy;
  @Field(() => String, { defaultValue: '0', description: 'Any text; the same seed divides the same way.' })
  seed: string;
  @Field(() => [SplitPartInput], { defaultValue: [], description: 'For strategies by shares.' })
  parts: SplitPartInput[];
  @Field(() => Int, { nullable: true, defaultValue: null, description: 'For k-fold strategies.' }) folds:
    | number
    | null;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'For grouped strategies: a column, a declared factor or `unit`.',
  })
  groupBy: string | null;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'For stratified strategies: `label`, a column or a declared factor.',
  })
  stratifyBy: string | null;
  @Field(() => [AssignmentInput], { defaultValue: [], description: 'For IMPORTED.' })
  assignment: AssignmentInput[];
}

@InputType({ description: 'A draft to freeze.' })
export class FreezeSplitInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'For one that leaks: why it may be frozen all the same.',
  })
  waiver: string | null;
}

export const CreateSplitResult = resultOf('CreateSplit', SplitObject);
export const FreezeSplitResult = resultOf('FreezeSplit', SplitObject);
