import { Column, Entity, Index } from 'typeorm';
import { Governed, OPEN } from '../../catalogue/governed.tables.ts';

/** What people wrote in answer to a question that no record can answer: by the question's key, for every document that asks it. */
@Entity('document_answer')
@Index(['dataset_id', 'question'], { unique: true, where: OPEN })
export class DocumentAnswerRow extends Governed {
  @Column('text') question: string;
  @Column('text') text: string;
}
