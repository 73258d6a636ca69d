import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What a rule makes of the ratings of a dataset at a revision. Written once; its name is the digest of the request. */
@Entity('consensus')
@Index(['dataset_id', 'row_id'])
export class ConsensusRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('text', { unique: true }) id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') revision: number;
  @Column('text') name: string;
  @Column('text') method: string;
  @Column('text') request: string;
  /** SHA-256 of the ratings that went in, and of the items that came out. */
  @Column('text') input_digest: string;
  @Column('text') digest: string;
  @Column('int') item_count: number;
  @Column('text') result: string;
  @Column('timestamptz') made_at: Date;
}

@Entity('consensus_item')
@Index(['consensus', 'image_id'], { unique: true })
export class ConsensusItemRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('text') consensus: string;
  @Column('uuid') image_id: string;
  /** Canonical JSON. */
  @Column('text') document: string;
}

/** Somebody asked for a consensus: how far it is. */
@Entity('consensus_order')
export class ConsensusOrderRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid') dataset_id: string;
  @Column('text') consensus: string;
  @Column('text') request: string;
  @Column('text') state: string;
  @Column('int') done: number;
  @Column('int') total: number;
  @Column('text', { nullable: true }) fault: string | null;
  @Column('text') requested_by: string;
  @Column('timestamptz') requested_at: Date;
  @Column('timestamptz', { nullable: true }) finished_at: Date | null;
}
