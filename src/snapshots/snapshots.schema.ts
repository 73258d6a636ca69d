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

@ObjectType('ManifestPart', { description: 'The part of a split that an image belongs to.' })
@Guard('inherit')
export class ManifestPartObject {
  @Field(() => String, { description: 'Name of the split.' }) split: string;
  @Field(() => String, { description: 'Name of the part.' }) part: string;
}

@ObjectType('ManifestLine', {
  description:
    'A line of a snapshot’s manifest: an image, or the tombstone of one that was withdrawn. The whole manifest is fetched by its shards.',
})
@Guard('inherit')
export class ManifestLineObject {
  @Field(() => Int, { description: 'Its place, from 0: the leaf of the Merkle tree.' }) index: number;
  @Field(() => String, { description: 'The canonical line, byte for byte, without its LF.' }) line: string;
  @Field(() => String, { nullable: true, description: 'Id of the image; null where it was withdrawn.' })
  image: string | null;
  @Field(() => String, { nullable: true, description: 'Where it lies in a pulled folder.' }) path:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'SHA-256 of the image’s bytes, or as declared.' })
  sha256: string | null;
  @Field(() => Float, { nullable: true, description: 'Bytes of the image.' }) size: number | null;
  @Field(() => String, { nullable: true, description: 'Media type.' }) mediaType: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the bytes are pinned here, or lie elsewhere.',
  })
  hasBytes: boolean | null;
  @Field(() => [ManifestPartObject], { description: 'Its part in each split that has it.' })
  parts: readonly ManifestPartObject[];
  @Field(() => String, { nullable: true, description: 'Date of withdrawal.' }) withdrawn: string | null;
}
export const ManifestLineConnection = connectionOf<ManifestLineObject>(
  'ManifestLine',
  () => ManifestLineObject,
);

@ObjectType('InclusionProof', {
  description:
    'Proves one line of the manifest by the hashes beside its way to the root of the Merkle tree (RFC 9162 §2.1.3).',
})
@Guard('inherit')
export class InclusionProofObject {
  @Field(() => Int, { description: 'Its leaf, from 0.' }) index: number;
  @Field(() => Int, { description: 'Leaves of the tree.' }) size: number;
  @Field(() => String, { description: 'The canonical line, whose hash with 0x00 before it is the leaf.' })
  line: string;
  @Field(() => [String], { description: 'Sibling hashes from the leaf up to the root.' })
  path: readonly string[];
}

@ObjectType('SigningKey', { description: 'A key by which this instance signs, or has signed.' })
@Guard('authenticated')
export class SigningKeyObject {
  @Field(() => String, { description: 'SHA-256 of its SubjectPublicKeyInfo.' }) keyId: string;
  @Field(() => String, { description: 'The public Ed25519 key, PEM.' }) publicKey: string;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was opened.' }) since: Date;
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When a newer key closed it; what it signed before stays signed. Null: it signs today.',
  })
  until: Date | null;
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
