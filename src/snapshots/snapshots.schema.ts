import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../governance/connection.schema.ts';
import { NodeObject } from '../governance/governance.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';

const SnapshotStateEnum = { PUBLISHED: 'PUBLISHED', DEPRECATED: 'DEPRECATED', DEGRADED: 'DEGRADED' } as const;
registerEnumType(SnapshotStateEnum, {
  name: 'SnapshotState',
  description: 'How a snapshot stands.',
  valuesConfig: {
    PUBLISHED: { description: 'Whole, for use.' },
    DEPRECATED: { description: 'Whole, but a successor should be used.' },
    DEGRADED: { description: 'Some of its images were withdrawn.' },
  },
});

@ObjectType('SnapshotFile', { description: 'A file of a snapshot, served at its address.' })
@Guard('inherit')
export class SnapshotFileObject {
  @Field(() => String, { description: 'Its name; the address is /snapshots/{digest}/{name}.' }) name: string;
  @Field(() => String, { description: 'SHA-256 of its bytes.' }) digest: string;
  @Field(() => Float, { description: 'Bytes.' }) size: number;
}

@ObjectType('Snapshot', {
  implements: NodeObject,
  description:
    'A dataset as published: one digest over pixels, every rater’s labels, splits, metadata and schema.',
})
@Guard('snapshot.fetch')
export class SnapshotObject extends NodeObject {
  datasetId: string;
  @Field(() => String, { description: 'sha256:… of the header: the pin.' }) digest: string;
  @Field(() => Int, { description: 'The revision it shows.' }) revision: number;
  @Field(() => String, { description: 'The canonical header, as GET /snapshots/{digest} serves it.' })
  header: string;
  @Field(() => Int, { description: 'Images.' }) imageCount: number;
  @Field(() => Int, { description: 'Images by reference, whose pixels this snapshot does not pin.' })
  referenceCount: number;
  @Field(() => Int, { description: 'Annotations.' }) annotationCount: number;
  @Field(() => SnapshotStateEnum, { description: 'How it stands.' }) state:
    | 'PUBLISHED'
    | 'DEPRECATED'
    | 'DEGRADED';
  @Field(() => GraphQLDateTimeISO, { description: 'When it was published first.' }) publishedAt: Date;
}
export const SnapshotConnection = connectionOf<SnapshotObject>('Snapshot', () => SnapshotObject);

@InputType({ description: 'What to publish.' })
export class PublishSnapshotInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => [String], { defaultValue: [], description: 'Names of frozen splits to carry.' })
  splits: string[];
  @Field(() => [String], {
    defaultValue: [],
    description:
      'Consensuses to carry beside every rating, by id, or by name for the latest of it; each made of the current revision.',
  })
  consensuses: string[];
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'A name that resolves to the digest; it never moves.',
  })
  tag: string | null;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'Digest of the snapshot this one succeeds; part of the content.',
  })
  parent: string | null;
}

export const PublishSnapshotResult = resultOf('PublishSnapshot', SnapshotObject);
