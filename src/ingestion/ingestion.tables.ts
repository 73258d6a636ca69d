import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What decoding found in some bytes. Keyed by digest: the same bytes are probed once, whoever holds them. */
@Entity('content_facts')
export class ContentFactsRow {
  @PrimaryColumn('text') digest: string;
  @Column('text') media_type: string;
  @Column('bigint') size: string;
  @Column('int') width: number;
  @Column('int') height: number;
  @Column('smallint', { nullable: true }) orientation: number | null;
  @Column('smallint') bit_depth: number;
  @Column('text') sample_format: string;
  @Column('smallint') channels: number;
  @Column('int') pages: number;
  @Column('text') colour_space: string;
  @Column('boolean') was_lossy: boolean;
  @Column('double precision', { nullable: true }) mean: number | null;
  @Column('double precision', { nullable: true }) contrast: number | null;
  @Column('double precision', { nullable: true }) robust_contrast: number | null;
  @Column('double precision', { nullable: true }) sharpness: number | null;
  @Column('double precision', { nullable: true }) noise: number | null;
  @Column('double precision', { nullable: true }) clipped_high: number | null;
  @Column('double precision', { nullable: true }) clipped_low: number | null;
  @Column('double precision', { nullable: true }) saturation: number | null;
  @Column('double precision', { nullable: true }) red_green_cast: number | null;
  @Column('double precision', { nullable: true }) blue_green_cast: number | null;
  /** Measure → why it is null. */
  @Column('jsonb') quality_reasons: Record<string, string>;
  @Column('text', { nullable: true }) difference_hash: string | null;
  /** 32 × 32 grey, for confirming near duplicates. */
  @Column('bytea', { nullable: true }) thumbnail32: Buffer | null;
  @Column('text', { nullable: true }) thumbnail_digest: string | null;
  @Column('jsonb') exif: Record<string, unknown>;
}
