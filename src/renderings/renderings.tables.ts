import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A rendering that was asked for: how far it is, and once it is made what it does not say. Its bytes follow from its request. */
@Entity('rendering')
@Index(['snapshot', 'format'])
export class RenderingRow {
  /** SHA-256 of the request. */
  @PrimaryColumn('text') id: string;
  @Column('text') snapshot: string;
  @Column('int') view: number;
  @Column('text') format: string;
  @Column('int') version: number;
  @Column('text', { nullable: true }) consensus: string | null;
  @Column('text', { nullable: true }) annotator: string | null;
  @Column('text', { nullable: true }) origin: string | null;
  @Column('text') state: string;
  /** Images read in the present pass over them. */
  @Column('int') done: number;
  @Column('int') total: number;
  @Column('text', { nullable: true }) fault_code: string | null;
  @Column('text', { nullable: true }) fault: string | null;
  /** JSON list of `{what, count, message}`. */
  @Column('text', { nullable: true }) losses: string | null;
  @Column('timestamptz') ordered_at: Date;
  @Column('timestamptz', { nullable: true }) made_at: Date | null;
}

/** The files of a rendering that is made: path below the snapshot's address → bytes in the blob store. */
@Entity('rendering_file')
export class RenderingFileRow {
  @PrimaryColumn('text') rendering: string;
  @PrimaryColumn('text') path: string;
  @Column('text') digest: string;
  @Column('bigint') size: string;
  @Column('text') media_type: string;
}
