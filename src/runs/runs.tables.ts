import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** What was trained on which snapshot, as its consumer reports it. Written once. */
@Entity('training_run')
@Index(['snapshot', 'row_id'])
export class TrainingRunRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid', { unique: true }) id: string;
  @Column('uuid') dataset_id: string;
  @Column('text') snapshot: string;
  @Column('text') model: string;
  @Column('text', { nullable: true }) split: string | null;
  @Column('text', { nullable: true }) part: string | null;
  @Column('int', { nullable: true }) fold: number | null;
  @Column('int', { nullable: true }) repeat: number | null;
  @Column('text', { nullable: true }) seed: string | null;
  @Column('text', { nullable: true }) code_version: string | null;
  @Column('text') principal_id: string;
  @Column('timestamptz') reported_at: Date;
}

@Entity('training_run_metric')
export class TrainingRunMetricRow {
  @PrimaryColumn('uuid') run_id: string;
  @PrimaryColumn('text') part: string;
  @PrimaryColumn('text') name: string;
  @Column('double precision') value: number;
}
