import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { SnapshotObject } from '../snapshots/snapshots.schema.ts';

@ObjectType('Deprecation', { description: 'Why a snapshot should be used no more.' })
@Guard('inherit')
export class DeprecationObject {
  @Field(() => String, { description: 'The reason.' }) reason: string;
  @Field(() => String, { nullable: true, description: 'Digest of the snapshot to use instead.' }) successor:
    | string
    | null;
  @Field(() => GraphQLDateTimeISO, { description: 'Since when.' }) deprecatedAt: Date;
}

@InputType({ description: 'A snapshot to deprecate.' })
export class DeprecateSnapshotInput {
  @Field(() => String, { description: 'Its digest, sha256:….' }) snapshot: string;
  @Field(() => String, { description: 'Why.' }) reason: string;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'Digest of the snapshot to use instead.',
  })
  successor: string | null;
}

export const DeprecateSnapshotResult = resultOf('DeprecateSnapshot', SnapshotObject);
