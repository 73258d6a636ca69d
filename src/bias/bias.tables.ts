import { Column, Entity, Index } from 'typeorm';
import { Governed, OPEN } from '../catalogue/governed.tables.ts';

/** One share of a declared target population: what the model will meet, with the source of that belief. */
@Entity('target_share')
@Index(['dataset_id', 'target', 'factor', 'level'], { unique: true, where: OPEN })
export class TargetShareRow extends Governed {
  @Column('text') target: string;
  @Column('text') factor: string;
  @Column('text') level: string;
  /** A canonical decimal, as declared. */
  @Column('text') share: string;
  @Column('text') source: string;
  @Column('text', { nullable: true }) dated: string | null;
}
