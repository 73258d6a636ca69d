import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One share of a declared target population: what the model will meet, with the source of that belief. */
@Entity('target_share')
@Index(['dataset_id', 'target', 'factor', 'level'], { unique: true, where: '"until" = 2147483647' })
export class TargetShareRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') since: number;
  @Column('int', { default: 2147483647 }) until: number;
  @Column('text') target: string;
  @Column('text') factor: string;
  @Column('text') level: string;
  /** A canonical decimal, as declared. */
  @Column('text') share: string;
  @Column('text') source: string;
  @Column('text', { nullable: true }) dated: string | null;
}
