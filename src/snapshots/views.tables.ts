import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often images of a snapshot were withdrawn: its view, by which what is made of it is addressed. */
@Entity('snapshot_view')
@Index(['withdrawal_id'])
export class SnapshotViewRow {
  @PrimaryColumn('text') snapshot: string;
  @PrimaryColumn('int') view: number;
  @Column('uuid') withdrawal_id: string;
}

/** The shards of a view that differ from those of the view before. */
@Entity('snapshot_view_file')
@Index(['digest'])
export class SnapshotViewFileRow {
  @PrimaryColumn('text') snapshot: string;
  @PrimaryColumn('int') view: number;
  @PrimaryColumn('text') name: string;
  @Column('text') digest: string;
  @Column('bigint') size: string;
}

/** Which image of a snapshot is missing since which view. */
@Entity('snapshot_withdrawal')
@Index(['withdrawal_id'])
export class SnapshotWithdrawalRow {
  @PrimaryColumn('text') snapshot: string;
  @PrimaryColumn('uuid') image_id: string;
  @Column('int') view: number;
  @Column('uuid') withdrawal_id: string;
  /** Its leaf hash, which stands in the manifest still. */
  @Column('text') leaf: string;
}
