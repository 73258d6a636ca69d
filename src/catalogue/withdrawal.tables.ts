import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** That images were taken back, by whom and why: a code, for words on people have no place in a record that stays. */
@Entity('withdrawal')
@Unique(['dataset_id', 'number'])
export class WithdrawalRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') number: number;
  @Column('timestamptz') at: Date;
  @Column('text') scope: string;
  @Column('text') reason: string;
  @Column('text', { nullable: true }) principal_id: string | null;
  @Column('int') revision: number;
}

/** The tombstone of an image. While it stands, the database lets what else is known of the image be erased. */
@Entity('withdrawn_image')
@Index(['withdrawal_id'])
@Index(['digest'])
export class WithdrawnImageRow {
  @PrimaryColumn('uuid') dataset_id: string;
  @PrimaryColumn('uuid') image_id: string;
  @Column('uuid') withdrawal_id: string;
  /** Of its bytes; null of a personal dataset, where nothing may be confirmed by a hash (decision 0020). */
  @Column('text', { nullable: true }) digest: string | null;
}

/** That nothing of a withdrawal is left to destroy. */
@Entity('withdrawal_completion')
export class WithdrawalCompletionRow {
  @PrimaryColumn('uuid') withdrawal_id: string;
  @Column('timestamptz') at: Date;
  @Column('int') snapshots: number;
  @Column('int') renderings: number;
  @Column('int') blobs: number;
}
