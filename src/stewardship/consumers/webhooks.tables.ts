import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where a consumer of a dataset wants to be told of withdrawals. */
@Entity('webhook')
@Index(['dataset_id'])
@Index(['principal_id'])
export class WebhookRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') dataset_id: string;
  @Column('uuid') principal_id: string;
  @Column('text') url: string;
  /** What its messages are signed with; it signs nothing else. */
  @Column('text') secret: string;
  @Column('timestamptz') created_at: Date;
  @Column('timestamptz', { nullable: true }) ended_at: Date | null;
}

/** A message to a webhook: tried until it was taken, or given up. */
@Entity('webhook_delivery')
@Index(['state', 'next_at'])
export class WebhookDeliveryRow {
  @PrimaryColumn('uuid') webhook_id: string;
  @PrimaryColumn('uuid') withdrawal_id: string;
  @Column('text') state: string;
  @Column('int') attempts: number;
  @Column('timestamptz') next_at: Date;
  @Column('int', { nullable: true }) last_status: number | null;
  @Column('timestamptz', { nullable: true }) ended_at: Date | null;
}
