import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A picture for the screen, made of some bytes; it goes when they go. */
@Entity('preview')
export class PreviewRow {
  /** Digest of the bytes that it was made of. */
  @PrimaryColumn('text') source: string;
  @PrimaryColumn('text') size: string;
  @PrimaryColumn('smallint') recipe: number;
  /** Digest of the preview, a blob. */
  @Column('text') @Index('preview_digest') digest: string;
  @Column('double precision', { nullable: true }) low: number | null;
  @Column('double precision', { nullable: true }) high: number | null;
}
