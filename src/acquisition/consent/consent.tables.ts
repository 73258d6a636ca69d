import { Column, Entity, Index } from 'typeorm';
import { Governed, OPEN } from '../../catalogue/governed.tables.ts';

/** To what a subject consents, and until when. */
@Entity('subject_consent')
@Index(['dataset_id', 'subject'], { unique: true, where: OPEN })
export class SubjectConsentRow extends Governed {
  @Column('text') subject: string;
  @Column('text', { array: true }) scopes: string[];
  @Column('timestamptz', { nullable: true }) ends_at: Date | null;
}
