import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
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

/** One joint stratum of a target population declared jointly, such as (site A, stage 2). */
@Entity('target_stratum')
@Index(['dataset_id', 'target', 'levels'], { unique: true, where: OPEN })
export class TargetStratumRow extends Governed {
  @Column('text') target: string;
  /** Canonical JSON: pairs of factor and level, by factor. */
  @Column('text') levels: string;
  /** A canonical decimal, as declared. */
  @Column('text') share: string;
  /** Cannot occur in the world: its absence is no hole. */
  @Column('boolean') structural_zero: boolean;
  @Column('text') source: string;
  @Column('text', { nullable: true }) dated: string | null;
}

/** Limits that a dataset has set in place of the default ones, with the reason. */
@Entity('bias_threshold')
@Index(['dataset_id', 'statistic', 'side'], { unique: true, where: OPEN })
export class BiasThresholdRow extends Governed {
  @Column('text') statistic: string;
  /** ABOVE or BELOW: the side of the limits that is worse. */
  @Column('text') side: string;
  @Column('double precision') amber: number;
  @Column('double precision') red: number;
  @Column('text') source: string;
}

/** A report that was made: a pure function of its request, and so kept for ever. */
@Entity('bias_report')
@Index(['dataset_id', 'row_id'])
export class BiasReportRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  /** The first 128 bits of the SHA-256 of the request, in hex. */
  @Column('text', { unique: true }) id: string;
  @Column('uuid') dataset_id: string;
  @Column('int') revision: number;
  @Column('text') kind: string;
  /** Kind, subject, parameters, version of the engine; canonical JSON. */
  @Column('text') request: string;
  @Column('text') colour: string;
  /** Canonical JSON. */
  @Column('text') result: string;
  @Column('timestamptz') made_at: Date;
}

/** Somebody asked for a report: the job that makes it, and how far it is. */
@Entity('bias_report_request')
export class BiasReportRequestRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid') dataset_id: string;
  /** Of the report it is to become. */
  @Column('text') report: string;
  @Column('text') request: string;
  @Column('text') state: string;
  /** Images read, of all. */
  @Column('int') done: number;
  @Column('int') total: number;
  @Column('text', { nullable: true }) fault: string | null;
  @Column('text') requested_by: string;
  @Column('timestamptz') requested_at: Date;
  @Column('timestamptz', { nullable: true }) finished_at: Date | null;
}
