import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../governance/connection.schema.ts';
import { resultOf } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { enumOf } from '../../kernel/enum-of.ts';
import { SUCCESSOR_STATES, type SuccessorState } from './successor.ts';
import {
  FORMER_IMAGES,
  type FormerImages,
  WITHDRAWAL_REASONS,
  type WithdrawalReason,
  type WithdrawalScope,
} from './withdrawal.ts';

const WithdrawalReasonEnum = enumOf(Object.keys(WITHDRAWAL_REASONS) as WithdrawalReason[]);
registerEnumType(WithdrawalReasonEnum, {
  name: 'WithdrawalReason',
  description: 'Why images are taken back.',
  valuesConfig: Object.fromEntries(
    Object.entries(WITHDRAWAL_REASONS).map(([name, description]) => [name, { description }]),
  ),
});
const WithdrawalScopeEnum = enumOf(['IMAGES', 'SUBJECT'] as const);
registerEnumType(WithdrawalScopeEnum, {
  name: 'WithdrawalScope',
  description: 'What was named when it was asked for.',
  valuesConfig: {
    IMAGES: { description: 'Images, one by one.' },
    SUBJECT: { description: 'A subject, and so every image of it.' },
  },
});

export const FormerImagesEnum = enumOf(FORMER_IMAGES);
registerEnumType(FormerImagesEnum, {
  name: 'FormerImages',
  description:
    'What becomes of the images that an earlier record alone says to be of the subject: it was corrected since.',
  valuesConfig: {
    WITHDRAW: { description: 'They are withdrawn with the others.' },
    LEAVE: { description: 'They stay, for the correction is right.' },
  },
});

@ObjectType('Withdrawal', { description: 'That images were taken back for good.' })
@Guard('inherit')
export class WithdrawalObject {
  @Field(() => ID, { description: 'Of this withdrawal.' }) id: string;
  @Field(() => Int, { description: 'From 1, in its dataset.' }) number: number;
  @Field(() => GraphQLDateTimeISO, { description: 'When.' }) at: Date;
  @Field(() => WithdrawalScopeEnum, { description: 'What was named.' }) scope: WithdrawalScope;
  @Field(() => WithdrawalReasonEnum, { description: 'Why.' }) reason: WithdrawalReason;
  @Field(() => Int, { description: 'The revision of the dataset since which they are gone.' })
  revision: number;
  @Field(() => Int, { description: 'How many images.' }) imageCount: number;
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Since when nothing of them is left; null: it is being destroyed.',
  })
  completedAt: Date | null;
}
export const WithdrawalConnection = connectionOf<WithdrawalObject>('Withdrawal', () => WithdrawalObject);

const SuccessorStateEnum = enumOf(SUCCESSOR_STATES);
registerEnumType(SuccessorStateEnum, {
  name: 'WithdrawalSuccessorState',
  description: 'How far the successor of a degraded snapshot is.',
  valuesConfig: {
    WAITING: { description: 'It is proposed once nothing of the images is left.' },
    RUNNING: { description: 'It is being made.' },
    DONE: { description: 'It is proposed.' },
    FAILED: { description: 'It could not be proposed; the fault says why.' },
  },
});

@ObjectType('WithdrawalSuccessor', {
  description:
    'What is proposed in the place of a degraded snapshot: the images that are kept, in the same parts.',
})
@Guard('inherit')
export class WithdrawalSuccessorObject {
  proposalId: string | null;
  @Field(() => String, { description: 'Digest of the degraded snapshot, which is its parent.' })
  parent: string;
  @Field(() => SuccessorStateEnum, { description: 'How far it is.' }) state: SuccessorState;
  @Field(() => String, { nullable: true, description: 'Code of the fault; null: none.' }) faultCode:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'Why it could not be proposed.' }) fault: string | null;
}

@ObjectType('MissingImage', { description: 'An image that a snapshot lacks since it was withdrawn.' })
@Guard('inherit')
export class MissingImageObject {
  @Field(() => String, { description: 'Its id, as it stood in the manifest.' }) imageId: string;
  @Field(() => String, { description: 'Its leaf hash, which stands there still.' }) leaf: string;
  @Field(() => Int, { description: 'The view of the snapshot since which it is missing.' }) view: number;
  @Field(() => ID, { description: 'The withdrawal that took it.' }) withdrawalId: string;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was withdrawn.' }) at: Date;
  @Field(() => WithdrawalReasonEnum, { description: 'Why.' }) reason: WithdrawalReason;
}
export const MissingImageConnection = connectionOf<MissingImageObject>(
  'MissingImage',
  () => MissingImageObject,
);

@ObjectType('WithdrawalReach', {
  description: 'What a withdrawal would reach, in numbers, before it is made.',
})
@Guard('inherit')
export class WithdrawalReachObject {
  @Field(() => Int, { description: 'Images that would be destroyed.' }) images: number;
  @Field(() => [String], {
    description:
      'Names of the images that an earlier record alone says to be of the subject: whether they go is to be said.',
  })
  formerImages: readonly string[];
  @Field(() => Int, { description: 'Annotations of them.' }) annotations: number;
  @Field(() => [String], { description: 'Digests of the snapshots that would be degraded.' })
  snapshots: readonly string[];
  @Field(() => Int, { description: 'Forms of these that were made and would be destroyed.' })
  renderings: number;
  @Field(() => Int, { description: 'Training runs that were reported on these.' }) trainingRuns: number;
  @Field(() => Int, { description: 'Principals who fetched of these.' }) consumers: number;
}

@InputType({ description: 'Images to take back for good: named one by one, or by their subject.' })
export class WithdrawImagesInput {
  @Field(() => String, { description: 'Slug of the dataset.' }) dataset: string;
  @Field(() => [String], { nullable: true, defaultValue: null, description: 'Names or ids of images.' })
  images: string[] | null;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'The subject whose images are meant.',
  })
  subject: string | null;
  @Field(() => FormerImagesEnum, {
    nullable: true,
    defaultValue: null,
    description:
      'What becomes of the images that an earlier record alone says to be of the subject; to be said where there are any.',
  })
  formerImages: FormerImages | null;
  @Field(() => WithdrawalReasonEnum, { description: 'Why.' }) reason: WithdrawalReason;
}

export const WithdrawImagesResult = resultOf('WithdrawImages', WithdrawalObject);
