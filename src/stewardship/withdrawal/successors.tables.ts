import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a snapshot which a withdrawal degraded is to have a successor proposed, and what came of it. */
@Entity('withdrawal_successor')
@Index(['withdrawal_id'])
@Index(['proposal'])
export class WithdrawalSuccessorRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') withdrawal_id: string;
  /** Digest of the degraded snapshot. */
  @Column('text') parent: string;
  @Column('text') state: string;
  @Column('uuid', { nullable: true }) proposal: string | null;
  @Column('text', { nullable: true }) fault_code: string | null;
  @Column('text', { nullable: true }) fault: string | null;
}
