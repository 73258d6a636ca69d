import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity('principal')
export class PrincipalRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text', { unique: true }) name: string;
  @Column('text') kind: string;
  @Column('timestamptz') created_at: Date;
}

@Entity('access_token')
@Index(['principal_id'])
export class AccessTokenRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid') principal_id: string;
  @Column('text') label: string;
  /** SHA-256 of the token: the token itself is shown once and kept nowhere. */
  @Column('text', { unique: true }) hash: string;
  @Column('text', { array: true }) scopes: string[];
  @Column('timestamptz') created_at: Date;
  @Column('timestamptz', { nullable: true }) expires_at: Date | null;
  @Column('timestamptz', { nullable: true }) revoked_at: Date | null;
}

@Entity('role_grant')
@Unique(['principal_id', 'scope', 'role'])
export class RoleGrantRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid') principal_id: string;
  @Column('text') scope: string;
  @Column('text') role: string;
  @Column('text') granted_by: string;
  @Column('timestamptz') granted_at: Date;
}

@Entity('audit_event')
@Index(['subject', 'sequence'])
export class AuditEventRow {
  @PrimaryColumn('bigint') sequence: string;
  /** Text, not timestamptz: the hash covers these very characters. */
  @Column('text') at: string;
  @Column('text', { nullable: true }) principal_id: string | null;
  @Column('text') action: string;
  @Column('text') subject: string;
  @Column('text') phase: string;
  @Column('text') request_id: string;
  @Column('text') detail: string;
  @Column('text') previous_hash: string;
  @Column('text') hash: string;
}

/** One row: the end of the chain. Locking it puts writers of the log in line. */
@Entity('audit_head')
export class AuditHeadRow {
  @PrimaryColumn('int') id: number;
  @Column('bigint') sequence: string;
  @Column('text') hash: string;
}
