import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('snapshot')
@Index(['dataset_id', 'published_at'])
export class SnapshotRow {
  @PrimaryColumn('text') digest: string;
  @Column('uuid') dataset_id: string;
  @Column('int') revision: number;
  /** The canonical header: its SHA-256 is the digest. */
  @Column('text') header: string;
  @Column('int') image_count: number;
  @Column('int') reference_count: number;
  @Column('int') annotation_count: number;
  @Column('text') state: string;
  @Column('timestamptz') published_at: Date;
}

/** The shards of a snapshot: name → bytes in the blob store. */
@Entity('snapshot_file')
export class SnapshotFileRow {
  @PrimaryColumn('text') snapshot: string;
  @PrimaryColumn('text') name: string;
  @Column('text') digest: string;
  @Column('bigint') size: string;
}

@Entity('snapshot_tag')
export class SnapshotTagRow {
  @PrimaryColumn('uuid') dataset_id: string;
  @PrimaryColumn('text') tag: string;
  @Column('text') snapshot: string;
  @Column('timestamptz') created_at: Date;
}
