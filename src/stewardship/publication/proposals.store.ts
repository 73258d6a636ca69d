import type { EntityManager } from 'typeorm';
import { insertRows } from '../../platform/database.ts';
import type { RuleFinding } from './check-rules.ts';
import type { Proposal, ProposalEnd } from './proposal.ts';
import type { SnapshotProposalRow } from './publication.tables.ts';
import type { PublicationRule } from './publication-rule.ts';

/** A proposal as it is first written. */
export type NewProposal = Omit<Proposal, 'sequence' | 'proposer' | 'reviews' | 'waivers' | 'end'>;

export async function insertProposal(db: EntityManager, made: NewProposal): Promise<void> {
  const { id: proposal, snapshot } = made;
  await db.query(
    `INSERT INTO snapshot_proposal (id, dataset_id, digest, revision, header, image_count, reference_count, annotation_count, tag, message, rules_version, principal_id, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[proposal, made.datasetId, snapshot.digest, snapshot.revision, snapshot.header],
      ...[snapshot.imageCount, snapshot.referenceCount, snapshot.annotationCount],
      ...[made.tag, made.message, made.rulesVersion, made.proposerId, made.proposedAt],
    ],
  );
  await insertRows(
    db,
    'snapshot_proposal_file',
    { proposal: 'uuid', name: 'text', digest: 'text', size: 'bigint' },
    made.files.map((file) => ({ proposal, ...file })),
  );
  await insertRows(
    db,
    'snapshot_proposal_finding',
    { proposal: 'uuid', position: 'int', outcome: 'text', sentence: 'text', figure: 'text' },
    made.checked.map(({ outcome, sentence, figure }, position) => ({
      ...{ proposal, position, outcome, sentence },
      figure: figure && JSON.stringify(figure),
    })),
  );
}

export async function insertReview(
  db: EntityManager,
  review: { proposal: string; principalId: string; verdict: string; comment: string; at: Date },
): Promise<void> {
  await db.query(
    'INSERT INTO snapshot_proposal_review (proposal, principal_id, verdict, comment, reviewed_at) VALUES ($1, $2, $3, $4, $5)',
    [review.proposal, review.principalId, review.verdict, review.comment, review.at],
  );
}

export async function insertWaiver(
  db: EntityManager,
  waiver: { proposal: string; rule: string; reason: string; principalId: string; at: Date },
): Promise<void> {
  await db.query(
    'INSERT INTO snapshot_proposal_waiver (proposal, rule, reason, principal_id, waived_at) VALUES ($1, $2, $3, $4, $5)',
    [waiver.proposal, waiver.rule, waiver.reason, waiver.principalId, waiver.at],
  );
}

export async function insertEnd(
  db: EntityManager,
  end: { proposal: string; state: ProposalEnd['state']; principalId: string; at: Date },
): Promise<void> {
  await db.query(
    'INSERT INTO snapshot_proposal_end (proposal, state, principal_id, ended_at) VALUES ($1, $2, $3, $4)',
    [end.proposal, end.state, end.principalId, end.at],
  );
}

export async function findProposal(db: EntityManager, id: string): Promise<Proposal | null> {
  const [proposal] = await select(db, 'WHERE s.id::text = $1', [id]);
  return proposal ?? null;
}

export function findProposals(db: EntityManager, ids: readonly string[]): Promise<Proposal[]> {
  return select(db, 'WHERE s.id = ANY($1::uuid[])', [ids]);
}

/** Latest first; what was published without being proposed is not among them. */
export async function listProposals(
  db: EntityManager,
  datasetId: string,
  { open, before, limit }: { open: boolean; before: string | null; limit: number },
): Promise<Proposal[]> {
  return select(
    db,
    `WHERE s.dataset_id = $1 AND s.message IS NOT NULL AND ($2::bigint IS NULL OR s.row_id < $2) AND (NOT $3::boolean OR e.proposal IS NULL)
     ORDER BY s.row_id DESC LIMIT $4`,
    [datasetId, before, open, limit],
  );
}

/** The proposal of this content that is open; there is one at most. */
export async function findOpenProposal(
  db: EntityManager,
  datasetId: string,
  digest: string,
): Promise<Proposal | null> {
  const [proposal] = await select(
    db,
    'WHERE s.digest = $2 AND s.dataset_id = $1 AND e.proposal IS NULL ORDER BY s.row_id',
    [datasetId, digest],
  );
  return proposal ?? null;
}

/** How each digest was published first; a snapshot from before there was a record is not among them. */
export async function findPublications(db: EntityManager, digests: readonly string[]): Promise<Proposal[]> {
  return select(
    db,
    `JOIN (SELECT min(i.row_id) AS row_id FROM snapshot_proposal i JOIN snapshot_proposal_end f ON f.proposal = i.id AND f.state = 'PUBLISHED'
           WHERE i.digest = ANY($1) GROUP BY i.digest) earliest ON earliest.row_id = s.row_id ORDER BY s.row_id`,
    [digests],
  );
}

interface Selected extends SnapshotProposalRow {
  readonly proposer: string;
  readonly end: (Omit<ProposalEnd, 'at'> & { at: string }) | null;
  readonly files: Proposal['files'];
  readonly checked: (Omit<RuleFinding, 'figure' | 'rule'> & { figure: string | null } & PublicationRule)[];
  readonly reviews: (Omit<Proposal['reviews'][number], 'at'> & { at: string })[];
  readonly waivers: (Omit<Proposal['waivers'][number], 'at'> & { at: string })[];
}

/** Proposals with all that was said of them, in one statement however many they are. */
async function select(db: EntityManager, which: string, parameters: unknown[]): Promise<Proposal[]> {
  const rows: Selected[] = await db.query(
    `SELECT s.*, coalesce(p.name, s.principal_id) AS proposer,
       CASE WHEN e.proposal IS NOT NULL THEN json_build_object('state', e.state, 'by', coalesce(ep.name, e.principal_id), 'at', e.ended_at) END AS "end",
       ${gathered('snapshot_proposal_file', `json_build_object('name', x.name, 'digest', x.digest, 'size', x.size)`, 'x.name COLLATE "C"')} AS files,
       (SELECT coalesce(json_agg(json_build_object('outcome', x.outcome, 'sentence', x.sentence, 'figure', x.figure, 'kind', r.kind, 'subject', r.subject, 'threshold', r.threshold) ORDER BY x.position), '[]')
        FROM snapshot_proposal_finding x JOIN publication_rule r ON r.dataset_id = s.dataset_id AND r.version = s.rules_version AND r.position = x.position
        WHERE x.proposal = s.id) AS checked,
       ${gathered('snapshot_proposal_review', `json_build_object('reviewer', coalesce(n.name, x.principal_id), 'reviewerId', x.principal_id, 'verdict', x.verdict, 'comment', x.comment, 'at', x.reviewed_at)`, 'x.reviewed_at, x.principal_id')} AS reviews,
       ${gathered('snapshot_proposal_waiver', `json_build_object('rule', x.rule, 'waivedBy', coalesce(n.name, x.principal_id), 'waivedById', x.principal_id, 'reason', x.reason, 'at', x.waived_at)`, 'x.rule COLLATE "C"')} AS waivers
     FROM snapshot_proposal s LEFT JOIN principal p ON p.id::text = s.principal_id
     LEFT JOIN snapshot_proposal_end e ON e.proposal = s.id LEFT JOIN principal ep ON ep.id::text = e.principal_id ${which}`,
    parameters,
  );
  return rows.map(toProposal);
}

function gathered(table: string, object: string, order: string): string {
  const names =
    table === 'snapshot_proposal_file' ? '' : 'LEFT JOIN principal n ON n.id::text = x.principal_id';
  return `(SELECT coalesce(json_agg(${object} ORDER BY ${order}), '[]') FROM ${table} x ${names} WHERE x.proposal = s.id)`;
}

function toProposal(row: Selected): Proposal {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    sequence: row.row_id,
    snapshot: {
      digest: row.digest,
      datasetId: row.dataset_id,
      revision: row.revision,
      header: row.header,
      imageCount: row.image_count,
      referenceCount: row.reference_count,
      annotationCount: row.annotation_count,
    },
    files: row.files,
    tag: row.tag,
    message: row.message,
    rulesVersion: row.rules_version,
    proposer: row.proposer,
    proposerId: row.principal_id,
    proposedAt: row.proposed_at,
    checked: row.checked.map(({ kind, subject, threshold, figure, ...found }) => ({
      ...found,
      rule: { kind, subject, threshold },
      figure: figure && JSON.parse(figure),
    })),
    reviews: row.reviews.map((review) => ({ ...review, at: new Date(review.at) })),
    waivers: row.waivers.map((waiver) => ({ ...waiver, at: new Date(waiver.at) })),
    end: row.end && { ...row.end, at: new Date(row.end.at) },
  };
}
