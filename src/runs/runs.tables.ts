import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** What was trained on which snapshot, as its consumer reports it. Written once. */
@Entity('training_run')
@Index(['snapshot', 'row_id'])
@Index(['dataset_id', 'row_id'])
@Index(['dataset_id', 'report_key'], { unique: true })
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
  /** The reporter's own name of the run, by which a report that is sent twice is one run. */
  @Column('text', { nullable: true }) report_key: string | null;
  /** SHA-256 of what was reported, in hexadecimal; null of runs reported before there were keys. */
  @Column('text', { nullable: true }) content: string | null;
  @Column('timestamptz', { nullable: true }) started_at: Date | null;
  @Column('double precision', { nullable: true }) duration_seconds: number | null;
  @Column('double precision', { nullable: true }) energy_kilowatt_hours: number | null;
  @Column('text', { nullable: true }) energy_method: string | null;
  @Column('int', { nullable: true }) train_images: number | null;
  @Column('int', { nullable: true }) test_images: number | null;
  @Column('text') principal_id: string;
  @Column('timestamptz') reported_at: Date;
}

@Entity('training_run_metric')
export class TrainingRunMetricRow {
  @PrimaryColumn('uuid') run_id: string;
  @PrimaryColumn('text') part: string;
  @PrimaryColumn('text') name: string;
  @Column('double precision') value: number;
  /** Number of images that the value is of, where the reporter said it. */
  @Column('int', { nullable: true }) images: number | null;
}

/** Named facts of a run: the version of a library, the value of a hyperparameter, a piece of hardware. */
@Entity('training_run_fact')
export class TrainingRunFactRow {
  @PrimaryColumn('uuid') run_id: string;
  @PrimaryColumn('text') kind: string;
  @PrimaryColumn('text') name: string;
  @Column('text') value: string;
}

/** How one image of the snapshot came out. */
@Entity('training_run_outcome')
export class TrainingRunOutcomeRow {
  @PrimaryColumn('uuid') run_id: string;
  @PrimaryColumn('uuid') image_id: string;
  @Column('text') part: string;
  @Column('double precision') correct: number;
  @Column('text', { nullable: true }) predicted: string | null;
}

/** A run that was reported by mistake stays, and says so. */
@Entity('training_run_withdrawal')
export class TrainingRunWithdrawalRow {
  @PrimaryColumn('uuid') run_id: string;
  @Column('text') reason: string;
  @Column('text') principal_id: string;
  @Column('timestamptz') withdrawn_at: Date;
}
