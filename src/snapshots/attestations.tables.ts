import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Public halves of the keys that signed; the private ones are never in the database. */
@Entity('signing_key')
export class SigningKeyRow {
  /** SHA-256 of the key's SubjectPublicKeyInfo. */
  @PrimaryColumn('text') key_id: string;
  @Column('text') public_key: string;
  @Column('timestamptz') opened_at: Date;
  @Column('timestamptz', { nullable: true }) closed_at: Date | null;
}

/** A signed statement about a snapshot, one for each key. */
@Entity('attestation')
export class AttestationRow {
  @PrimaryColumn('text') snapshot: string;
  @PrimaryColumn('text') key_id: string;
  /** The envelope, byte for byte. */
  @Column('text') envelope: string;
  @Column('timestamptz') signed_at: Date;
}

/** The root of each manifest shard and the id of its first image: made of the shards when first needed. */
@Entity('manifest_shard')
export class ManifestShardRow {
  @PrimaryColumn('text') snapshot: string;
  @PrimaryColumn('int') shard: number;
  @Column('text') root: string;
  /** Null where the shard holds tombstones alone. */
  @Column('text', { nullable: true }) first_image: string | null;
}
