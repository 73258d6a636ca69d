import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A job that waits or runs; what has run leaves no row. */
@Entity('job')
@Unique(['queue', 'key'])
export class JobRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  @Column('text') queue: string;
  @Column('text') key: string;
  @Column('jsonb') data: object;
  /** How often it was begun, and not given back by a server that stopped. */
  @Column('int', { default: 0 }) attempt: number;
  /** The server that runs it. */
  @Column('uuid', { nullable: true }) holder: string | null;
  /** Until then nobody else takes it; renewed by its holder. */
  @Column('timestamptz', { nullable: true }) leased_until: Date | null;
}
