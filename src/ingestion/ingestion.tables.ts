import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Governed, OPEN } from '../catalogue/governed.tables.ts';

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

/** A candidate image that was refused at the door: the first lines of the exclusion ledger (statistics §4). */
@Entity('refused_image')
@Index(['dataset_id', 'name'], { unique: true, where: OPEN })
export class RefusedImageRow extends Governed {
  @Column('text') name: string;
  /** The stage it did not reach: COLLECTED or DECODED. */
  @Column('text') stage: string;
  @Column('text') code: string;
  @Column('text') reason: string;
  @Column('text', { nullable: true }) refused_by: string | null;
}

/** Two images that somebody found to be copies of each other, by another means than ours. */
@Entity('declared_duplicate')
@Index(['dataset_id', 'first_image', 'second_image'], { unique: true, where: OPEN })
export class DeclaredDuplicateRow extends Governed {
  /** The smaller id of the two. */
  @Column('uuid') first_image: string;
  @Column('uuid') second_image: string;
  /** EXACT, NEAR or SIMILAR. */
  @Column('text') judgement: string;
  @Column('text') source: string;
}
