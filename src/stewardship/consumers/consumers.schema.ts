import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../governance/connection.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';

@ObjectType('Consumer', { description: 'Somebody who fetched of a snapshot, as the record knows.' })
@Guard('inherit')
export class ConsumerObject {
  @Field(() => String, { description: 'Name of the principal.' }) principal: string;
  @Field(() => String, { description: 'HUMAN or MACHINE.' }) kind: string;
  @Field(() => String, { description: 'Digest of the snapshot.' }) snapshot: string;
  @Field(() => GraphQLDateTimeISO, { description: 'Its first fetch.' }) firstFetchedAt: Date;
  @Field(() => GraphQLDateTimeISO, { description: 'Its last fetch.' }) lastFetchedAt: Date;
  @Field(() => Int, { description: 'How often it fetched.' }) fetches: number;
}
export const ConsumerConnection = connectionOf<ConsumerObject>('Consumer', () => ConsumerObject);

@ObjectType('AffectedRun', { description: 'A training run on a snapshot that a withdrawal reached.' })
@Guard('inherit')
export class AffectedRunObject {
  @Field(() => ID, { description: 'Give it to `trainingRun`.' }) id: string;
}
export const AffectedRunConnection = connectionOf<AffectedRunObject>('AffectedRun', () => AffectedRunObject);

@ObjectType('WithdrawalNotice', {
  description: 'That images of a snapshot were withdrawn after one had fetched of it.',
})
@Guard('authenticated')
export class WithdrawalNoticeObject {
  @Field(() => ID, { description: 'The withdrawal.' }) withdrawalId: string;
  @Field(() => GraphQLDateTimeISO, { description: 'When.' }) at: Date;
  @Field(() => String, { description: 'Why, as a code.' }) reason: string;
  @Field(() => String, {
    description: 'Digest of the snapshot; `holotype verify DIR --withdrawals` names what to delete.',
  })
  snapshot: string;
  @Field(() => Int, { description: 'How many of its images.' }) images: number;
}
export const WithdrawalNoticeConnection = connectionOf<WithdrawalNoticeObject>(
  'WithdrawalNotice',
  () => WithdrawalNoticeObject,
);
