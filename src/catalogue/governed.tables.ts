import { Column, PrimaryGeneratedColumn } from 'typeorm';

/** The rows that hold now: what partial indexes are over. */
export const OPEN = '"until" = 2147483647';

/** The half-open interval of revisions in which a governed row holds (law 2). */
export abstract class Governed {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') since: number;
  @Column('int', { default: 2147483647 }) until: number;
}
