import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Governed, OPEN } from '../catalogue/governed.tables.ts';

@Entity('annotator')
@Index(['dataset_id', 'pseudonym'], { unique: true, where: OPEN })
export class AnnotatorRow extends Governed {
  @Column('text') pseudonym: string;
  @Column('text') kind: string;
  @Column('text', { nullable: true }) expertise: string | null;
}

@Entity('guideline')
@Index(['dataset_id', 'version'], { unique: true, where: OPEN })
export class GuidelineRow extends Governed {
  @Column('text') version: string;
  @Column('text') text: string;
}

@Entity('annotation_round')
@Index(['dataset_id', 'name'], { unique: true, where: OPEN })
export class AnnotationRoundRow extends Governed {
  @Column('text') name: string;
  @Column('text', { nullable: true }) guideline_version: string | null;
  @Column('boolean') blind: boolean;
  @Column('text') state: string;
  @Column('text', { default: 'LABELLING' }) purpose: string;
}

@Entity('annotation')
@Index(['dataset_id', 'annotation_id'], { unique: true, where: OPEN })
@Index(['dataset_id', 'image_id'])
export class AnnotationRow extends Governed {
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
  @Column('smallint', { default: 1 }) pass: number;
  @Column('int', { default: 1 }) votes: number;
  /** Format and frame of the source, as its reader stated them. */
  @Column('text', { nullable: true }) source: string | null;
  @Column('uuid', { nullable: true }) supersedes: string | null;
  /** A model's statement that this one of a person corrects; both hold. */
  @Column('uuid', { nullable: true }) corrects: string | null;
}

/** Who is to label what in a round. */
@Entity('round_assignment')
@Index(['dataset_id', 'round', 'annotator', 'image_id'], { unique: true, where: OPEN })
@Index(['dataset_id', 'image_id'])
export class RoundAssignmentRow extends Governed {
  @Column('text') round: string;
  @Column('uuid') image_id: string;
  @Column('text') annotator: string;
}

/** Which account labels under which pseudonym: kept apart from the record, so that it can be erased. */
@Entity('annotator_account')
@Index(['dataset_id', 'pseudonym'], { unique: true })
@Index(['dataset_id', 'principal_id'], { unique: true })
export class AnnotatorAccountRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid') dataset_id: string;
  @Column('text') pseudonym: string;
  @Column('uuid') principal_id: string;
}
