import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

const OPEN = '"until" = 2147483647';

@Entity('annotator')
@Index(['dataset_id', 'pseudonym'], { unique: true, where: OPEN })
export class AnnotatorRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') since: number;
  @Column('int', { default: 2147483647 }) until: number;
  @Column('text') pseudonym: string;
  @Column('text') kind: string;
  @Column('text', { nullable: true }) expertise: string | null;
}

@Entity('guideline')
@Index(['dataset_id', 'version'], { unique: true, where: OPEN })
export class GuidelineRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') since: number;
  @Column('int', { default: 2147483647 }) until: number;
  @Column('text') version: string;
  @Column('text') text: string;
}

@Entity('annotation_round')
@Index(['dataset_id', 'name'], { unique: true, where: OPEN })
export class AnnotationRoundRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') since: number;
  @Column('int', { default: 2147483647 }) until: number;
  @Column('text') name: string;
  @Column('text', { nullable: true }) guideline_version: string | null;
  @Column('boolean') blind: boolean;
  @Column('text') state: string;
}

@Entity('annotation')
@Index(['dataset_id', 'annotation_id'], { unique: true, where: OPEN })
@Index(['dataset_id', 'image_id'])
export class AnnotationRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') since: number;
  @Column('int', { default: 2147483647 }) until: number;
  /** Made of the statement's content, so that the same statement imported twice is one annotation. */
  @Column('uuid') annotation_id: string;
  @Column('uuid') image_id: string;
  @Column('text') annotator: string;
  @Column('text', { nullable: true }) round: string | null;
  @Column('text') kind: string;
  @Column('text', { nullable: true }) label: string | null;
  @Column('text', { nullable: true }) attribute: string | null;
  @Column('text', { nullable: true }) value: string | null;
  @Column('jsonb', { nullable: true }) geometry: unknown;
  @Column('text', { nullable: true }) confidence: string | null;
  @Column('text', { nullable: true }) seconds: string | null;
  @Column('text', { nullable: true }) annotated_at: string | null;
  @Column('jsonb') attributes: { name: string; value: string }[];
  @Column('int') occurrence: number;
  /** Format and frame of the source, as its reader stated them. */
  @Column('text', { nullable: true }) source: string | null;
  @Column('uuid', { nullable: true }) supersedes: string | null;
}
