import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { Governed, OPEN } from './governed.tables.ts';

@Entity('dataset')
export class DatasetRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text', { unique: true }) slug: string;
  @Column('text') sensitivity: string;
  /** What the statistics count as one independent thing: an acquisition column, a declared factor, or `image`. */
  @Column('text') unit: string;
  @Column('int') revision: number;
  @Column('timestamptz') created_at: Date;
}

@Entity('revision')
export class RevisionRow {
  @PrimaryColumn('uuid') dataset_id: string;
  @PrimaryColumn('int') number: number;
  @Column('timestamptz') at: Date;
  @Column('text', { nullable: true }) principal_id: string | null;
  @Column('text') summary: string;
}

@Entity('dataset_description')
@Index(['dataset_id'], { unique: true, where: OPEN })
export class DatasetDescriptionRow extends Governed {
  @Column('text') title: string;
  @Column('text') description: string;
  @Column('text', { nullable: true }) licence: string | null;
  @Column('text', { nullable: true }) custodian: string | null;
  @Column('text', { array: true }) data_use_terms: string[];
}

@Entity('label_class')
@Index(['dataset_id', 'name'], { unique: true, where: OPEN })
export class LabelClassRow extends Governed {
  @Column('text') name: string;
  @Column('text', { nullable: true }) iri: string | null;
  @Column('int') position: number;
}

@Entity('image')
@Index(['dataset_id', 'name'], { unique: true, where: OPEN })
@Index(['dataset_id', 'image_id', 'since'], { unique: true })
@Index(['digest'])
export class ImageRow extends Governed {
  /** 128 bits, so a uuid in the database: it sorts by byte, as manifests do. */
  @Column('uuid') image_id: string;
  @Column('text') name: string;
  @Column('text', { nullable: true }) digest: string | null;
  @Column('text') pixels: string;
  @Column('text', { nullable: true }) address: string | null;
  @Column('text', { nullable: true }) media_type: string | null;
  @Column('bigint', { nullable: true }) size: string | null;
  @Column('int', { nullable: true }) width: number | null;
  @Column('int', { nullable: true }) height: number | null;
  /** Random, for personal datasets only (amendment 3). */
  @Column('text', { nullable: true }) salt: string | null;
  @Column('text', { nullable: true }) annotation_salt: string | null;
  @Column('text', { nullable: true }) metadata_salt: string | null;
}

@Entity('exclusion')
@Index(['dataset_id', 'image_id'], { unique: true, where: OPEN })
export class ExclusionRow extends Governed {
  @Column('uuid') image_id: string;
  @Column('text') stage: string;
  @Column('text') reason: string;
  @Column('text', { nullable: true }) excluded_by: string | null;
}
