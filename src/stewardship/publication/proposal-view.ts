import {
  type Proposal,
  type ProposalState,
  proposalState,
  type Review,
  type StandingFinding,
  standingFindings,
  type Waiver,
} from './proposal.ts';
import { type PublicationRule, type PublicationRules, RULE_KINDS, ruleKey } from './publication-rule.ts';

export interface RuleView extends PublicationRule {
  readonly key: string;
  readonly meaning: string;
}

export interface FindingView extends Omit<StandingFinding, 'rule' | 'key'> {
  readonly rule: RuleView;
}

/** What is kept for ever of how a snapshot came to be published. */
export interface Publication {
  readonly proposer: string;
  readonly proposedAt: Date;
  /** What the proposer said of it; null: it was published without being proposed. */
  readonly message: string | null;
  readonly rulesVersion: number;
  readonly findings: readonly FindingView[];
  readonly reviews: readonly Review[];
  readonly waivers: readonly Waiver[];
  readonly publishedBy: string;
  readonly publishedAt: Date;
}

/** A proposal as its readers see it. */
export interface ProposalView extends Omit<Publication, 'publishedBy' | 'publishedAt'> {
  readonly id: string;
  readonly datasetId: string;
  readonly digest: string;
  readonly header: string;
  readonly revision: number;
  readonly imageCount: number;
  readonly referenceCount: number;
  readonly annotationCount: number;
  readonly tag: string | null;
  readonly state: ProposalState;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
}

export function ruleView(rule: PublicationRule): RuleView {
  return { ...rule, key: ruleKey(rule), meaning: RULE_KINDS[rule.kind].meaning };
}

export function rulesView({ rules, ...declared }: PublicationRules) {
  return { ...declared, rules: rules.map(ruleView) };
}

export function proposalView(proposal: Proposal): ProposalView {
  const { id, datasetId, snapshot, tag, end } = proposal;
  return {
    ...snapshot,
    ...{ id, datasetId, tag, ...recordOf(proposal) },
    state: proposalState(proposal),
    endedBy: end?.by ?? null,
    endedAt: end?.at ?? null,
  };
}

/** Of a proposal that was published. */
export function publicationView(proposal: Proposal): Publication {
  const { by, at } = proposal.end!;
  return { ...recordOf(proposal), publishedBy: by, publishedAt: at };
}

function recordOf(proposal: Proposal) {
  const { proposer, proposedAt, message, rulesVersion, reviews, waivers } = proposal;
  const findings = standingFindings(proposal).map(({ key: _, rule, ...found }) => ({
    ...found,
    rule: ruleView(rule),
  }));
  return { proposer, proposedAt, message, rulesVersion, findings, reviews, waivers };
}
