import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A version of a dataset's rules of publication. Written once, as is all of publication. */
@Entity('publication_rules')
export class PublicationRulesRow {
  @PrimaryColumn('uuid') dataset_id: string;
  @PrimaryColumn('int') version: number;
  @Column('text') principal_id: string;
  @Column('timestamptz') declared_at: Date;
}

@Entity('publication_rule')
export class PublicationRuleRow {
  @PrimaryColumn('uuid') dataset_id: string;
  @PrimaryColumn('int') version: number;
  @PrimaryColumn('int') position: number;
  @Column('text') kind: string;
  @Column('text', { nullable: true }) subject: string | null;
  @Column('double precision', { nullable: true }) threshold: number | null;
}

/** A snapshot that was made and checked. Nobody can fetch it: there is no row of `snapshot` before it is published. */
@Entity('snapshot_proposal')
@Index(['dataset_id', 'row_id'])
@Index(['digest', 'row_id'])
export class SnapshotProposalRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) row_id: string;
  @Column('uuid', { unique: true }) id: string;
  @Column('uuid') dataset_id: string;
  @Column('text') digest: string;
  @Column('int') revision: number;
  @Column('text') header: string;
  @Column('int') image_count: number;
  @Column('int') reference_count: number;
  @Column('int') annotation_count: number;
  @Column('text', { nullable: true }) tag: string | null;
  /** Null: published without being proposed. */
  @Column('text', { nullable: true }) message: string | null;
  @Column('int') rules_version: number;
  @Column('text') principal_id: string;
  @Column('timestamptz') proposed_at: Date;
}

@Entity('snapshot_proposal_file')
export class SnapshotProposalFileRow {
  @PrimaryColumn('uuid') proposal: string;
  @PrimaryColumn('text') name: string;
  @Column('text') digest: string;
  @Column('bigint') size: string;
}

/** How a proposal stood to a rule, by the rule's position in the version, when it was checked. */
@Entity('snapshot_proposal_finding')
export class SnapshotProposalFindingRow {
  @PrimaryColumn('uuid') proposal: string;
  @PrimaryColumn('int') position: number;
  @Column('text') outcome: string;
  @Column('text') sentence: string;
  /** An estimate as JSON. */
  @Column('text', { nullable: true }) figure: string | null;
}

@Entity('snapshot_proposal_review')
export class SnapshotProposalReviewRow {
  @PrimaryColumn('uuid') proposal: string;
  @PrimaryColumn('text') principal_id: string;
  @Column('text') verdict: string;
  @Column('text') comment: string;
  @Column('timestamptz') reviewed_at: Date;
}

@Entity('snapshot_proposal_waiver')
export class SnapshotProposalWaiverRow {
  @PrimaryColumn('uuid') proposal: string;
  /** Kind and subject of the rule. */
  @PrimaryColumn('text') rule: string;
  @Column('text') reason: string;
  @Column('text') principal_id: string;
  @Column('timestamptz') waived_at: Date;
}

@Entity('snapshot_proposal_end')
export class SnapshotProposalEndRow {
  @PrimaryColumn('uuid') proposal: string;
  @Column('text') state: string;
  @Column('text') principal_id: string;
  @Column('timestamptz') ended_at: Date;
}
