import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Governed, OPEN } from '../governed.tables.ts';

/** On which terms a dataset is handed out: licence, data-use terms, embargo and what is required. One row a version. */
@Entity('dataset_terms')
@Index(['dataset_id'], { unique: true, where: OPEN })
@Index(['dataset_id', 'version'], { unique: true })
export class DatasetTermsRow extends Governed {
  @Column('int') version: number;
  @Column('text', { nullable: true }) licence: string | null;
  @Column('text', { array: true }) data_use_terms: string[];
  @Column('text') visibility: string;
  @Column('timestamptz', { nullable: true }) embargo_until: Date | null;
  @Column('text') acceptance: string;
  @Column('text') consent: string;
  @Column('text') text: string;
}

/** That a consumer accepted a version of the terms, and for what. */
@Entity('terms_acceptance')
@Index(['dataset_id', 'principal_id', 'version'])
@Index(['dataset_id', 'row_id'])
export class TermsAcceptanceRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') version: number;
  @Column('text') principal_id: string;
  @Column('text', { array: true }) purposes: string[];
  @Column('text', { nullable: true }) statement: string | null;
  @Column('timestamptz') accepted_at: Date;
}
