import { DomainError, type Reason } from '../../kernel/errors.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import type { RuleFinding } from './check-rules.ts';
import { ruleKey } from './publication-rule.ts';

export interface Review {
  readonly reviewer: string;
  readonly reviewerId: string;
  readonly verdict: 'APPROVE' | 'REJECT';
  readonly comment: string;
  readonly at: Date;
}

export interface Waiver {
  /** The key of the rule. */
  readonly rule: string;
  readonly waivedBy: string;
  readonly waivedById: string;
  readonly reason: string;
  readonly at: Date;
}

/** How a proposal ended; there is one end, for good. */
export interface ProposalEnd {
  readonly state: 'PUBLISHED' | 'REJECTED' | 'WITHDRAWN';
  readonly by: string;
  readonly at: Date;
}

/** A snapshot that was made and checked, and all that was said of it. What is written of it never changes. */
export interface Proposal {
  readonly id: string;
  readonly datasetId: string;
  /** What cursors are made of. */
  readonly sequence: string;
  readonly snapshot: Omit<Snapshot, 'state' | 'publishedAt'>;
  readonly files: readonly { readonly name: string; readonly digest: string; readonly size: number }[];
  readonly tag: string | null;
  /** What the proposer says of it; null: it was published without being proposed. */
  readonly message: string | null;
  readonly rulesVersion: number;
  readonly proposer: string;
  readonly proposerId: string;
  readonly proposedAt: Date;
  /** As they were when it was checked. */
  readonly checked: readonly RuleFinding[];
  readonly reviews: readonly Review[];
  readonly waivers: readonly Waiver[];
  readonly end: ProposalEnd | null;
}

/** How a rule stands once reviews and waivers are counted. A waiver hides nothing: what was found stands beside it. */
export interface StandingFinding extends Omit<RuleFinding, 'outcome'> {
  readonly key: string;
  readonly outcome: RuleFinding['outcome'] | 'WAIVED';
  readonly waiver: Waiver | null;
}

export type ProposalState = 'PROPOSED' | 'APPROVED' | ProposalEnd['state'];

export function standingFindings({
  checked,
  reviews,
  waivers,
}: Pick<Proposal, 'checked' | 'reviews' | 'waivers'>): StandingFinding[] {
  return checked.map((finding) => {
    const key = ruleKey(finding.rule);
    if (finding.rule.kind === 'REVIEWED_BY_ANOTHER')
      return { ...finding, ...reviewed(finding.rule.threshold!, reviews), key, waiver: null };
    const waiver = waivers.find(({ rule }) => rule === key) ?? null;
    return { ...finding, key, waiver, outcome: waiver === null ? finding.outcome : 'WAIVED' };
  });
}

function reviewed(needed: number, reviews: readonly Review[]): Pick<RuleFinding, 'outcome' | 'sentence'> {
  const approvals = reviews.filter(({ verdict }) => verdict === 'APPROVE').length;
  const rejections = reviews.length - approvals;
  const sentence = `${approvals} of ${needed} approvals are given${rejections === 0 ? '' : `, and ${rejections} refused`}.`;
  if (rejections > 0) return { outcome: 'FAILED', sentence };
  return { outcome: approvals >= needed ? 'PASSED' : 'AWAITED', sentence };
}

/** APPROVED: every rule is met or waived, and nobody refused it. */
export function proposalState(proposal: Proposal): ProposalState {
  if (proposal.end !== null) return proposal.end.state;
  return standingFindings(proposal).every(isMet) ? 'APPROVED' : 'PROPOSED';
}

const isMet = ({ outcome }: StandingFinding) => outcome === 'PASSED' || outcome === 'WAIVED';

/** Refuses what the rules do not let through, with every rule that it breaks. */
export function requireRulesMet(findings: readonly StandingFinding[], wayOut: string): void {
  const reasons = findings
    .filter((finding) => !isMet(finding))
    .map(({ key, outcome, sentence }): Reason => {
      const message = `${key}: ${WORDS[outcome as keyof typeof WORDS]}. ${sentence}`;
      return { path: ['rules', key], code: 'RULES_NOT_MET', message };
    });
  if (reasons.length === 0) return;
  const named = reasons.map(({ path }) => path[1]).join(', ');
  throw new DomainError(
    'RULES_NOT_MET',
    `The rules of the dataset are not met: ${named}. ${wayOut}`,
    reasons,
  );
}

const WORDS = {
  FAILED: 'it fails',
  NOT_ESTIMABLE: 'it cannot be told, which lets nothing through',
  AWAITED: 'it is awaited',
};

/** What has ended stays ended. */
export function requireOpen({ id, end }: Proposal, deed: string): void {
  if (end === null) return;
  throw new DomainError(
    'CONFLICT',
    `proposal: ${id} is ${end.state.toLowerCase()} already and can be ${deed} no more; propose the snapshot again.`,
  );
}

/** Four eyes: whoever proposed a snapshot decides nothing about it. */
export function requireAnother({ id, proposerId }: Proposal, principalId: string, deed: string): void {
  if (proposerId !== principalId) return;
  throw new DomainError(
    'OWN_PROPOSAL',
    `proposal: ${id} is your own, which another person has to ${deed}; ask one who may.`,
  );
}
