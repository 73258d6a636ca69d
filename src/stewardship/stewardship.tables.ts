import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A published snapshot that should be used no more: why, and what to use instead. Written once. */
@Entity('snapshot_deprecation')
export class SnapshotDeprecationRow {
  @PrimaryColumn('text') snapshot: string;
  @Column('text') reason: string;
  @Column('text', { nullable: true }) successor: string | null;
  @Column('text') principal_id: string;
  @Column('timestamptz') deprecated_at: Date;
}
