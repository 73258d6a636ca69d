import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Somebody or something that asks; a row of kind GROUP is a group, which holds grants and asks nothing itself. */
@Entity('principal')
export class PrincipalRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text', { unique: true }) name: string;
  @Column('text') kind: string;
  @Column('timestamptz') created_at: Date;
  /** From when on it is refused, whatever it comes with. */
  @Column('timestamptz', { nullable: true }) disabled_at: Date | null;
}

@Entity('access_token')
@Index(['principal_id'])
@Index('access_token_previous_hash', ['previous_hash'], { unique: true })
export class AccessTokenRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid') principal_id: string;
  @Column('text') label: string;
  /** SHA-256 of the token: the token itself is shown once and kept nowhere. */
  @Column('text', { unique: true }) hash: string;
  @Column('text', { array: true }) scopes: string[];
  /** The datasets that it is of; null: of all that its principal may know. */
  @Column('uuid', { array: true, nullable: true }) datasets: string[] | null;
  @Column('timestamptz') created_at: Date;
  @Column('timestamptz', { nullable: true }) expires_at: Date | null;
  @Column('timestamptz', { nullable: true }) revoked_at: Date | null;
  /** To the hour: see NOTED_AGAIN_AFTER in access-tokens.store.ts. */
  @Column('timestamptz', { nullable: true }) last_used_at: Date | null;
  /** The secret that a rotation replaced, good until the end of its grace. */
  @Column('text', { nullable: true }) previous_hash: string | null;
  @Column('timestamptz', { nullable: true }) previous_until: Date | null;
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
  @Column('timestamptz', { nullable: true }) expires_at: Date | null;
}

/** Who holds the grants of a group, and until when. */
@Entity('group_member')
@Index(['principal_id'])
export class GroupMemberRow {
  @PrimaryColumn('uuid') group_id: string;
  @PrimaryColumn('uuid') principal_id: string;
  @Column('timestamptz') added_at: Date;
  @Column('timestamptz', { nullable: true }) expires_at: Date | null;
}

/** A scope that every principal may read from a moment on, as if it held the role of a reader there. */
@Entity('open_scope')
export class OpenScopeRow {
  @PrimaryColumn('text') scope: string;
  @Column('timestamptz') since: Date;
}

@Entity('audit_event')
@Index(['subject', 'sequence'])
@Index(['action', 'sequence'])
@Index(['principal_id', 'sequence'])
@Index(['request_id'])
@Index(['at'])
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

/** The chain's head as it was signed from time to time. */
@Entity('audit_checkpoint')
export class AuditCheckpointRow {
  @PrimaryColumn('bigint') sequence: string;
  @Column('text') key_id: string;
  /** A DSSE envelope (check-checkpoints.ts). */
  @Column('text') envelope: string;
}

/** Which principal a subject of an identity provider is. */
@Entity('principal_identity')
@Index(['principal_id'])
export class PrincipalIdentityRow {
  @PrimaryColumn('text') issuer: string;
  @PrimaryColumn('text') subject: string;
  @Column('uuid') principal_id: string;
  @Column('timestamptz') tied_at: Date;
}
