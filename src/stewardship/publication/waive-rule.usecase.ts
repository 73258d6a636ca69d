import { lockDataset, visibleObject } from '../../catalogue/dataset.store.ts';
import { recorded } from '../../governance/audit.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import { type Proposal, requireAnother, requireOpen, standingFindings } from './proposal.ts';
import { findProposal, insertWaiver } from './proposals.store.ts';

/** Shorter than this nothing is a reason that somebody who was not there could follow. */
const SHORTEST_REASON = 20;

export interface WaiverInput {
  /** Id of the proposal. */
  readonly proposal: string;
  /** Key of the rule. */
  readonly rule: string;
  readonly reason: string;
}

/** Lets one proposal through one rule, in writing. What was found stays beside the waiver, and is shown with it. */
export async function waiveRule(context: Context, input: WaiverInput): Promise<Proposal> {
  const unknown = `proposal: no proposal "${input.proposal}" is known to this token.`;
  const proposal = await visibleObject(context, await findProposal(context.db, input.proposal), unknown);
  const { id, datasetId, snapshot } = proposal;
  requireMay(context, 'rules.declare', datasetScope(datasetId));
  const reason = input.reason.trim();
  if (reason.length < SHORTEST_REASON)
    throw new DomainError(
      'BAD_INPUT',
      `reason: a waiver needs a reason in writing, of ${SHORTEST_REASON} characters at least; it is shown with the snapshot for ever.`,
    );
  const entry = {
    action: 'proposal.waive',
    subject: datasetScope(datasetId),
    detail: { proposal: id, digest: snapshot.digest, rule: input.rule, reason },
  };
  return recorded(context, entry, async ({ db, actor, now }) => {
    await lockDataset(db, datasetId);
    const { principalId } = actor!;
    const held = (await findProposal(db, id))!;
    requireAnother(held, principalId, 'waive a rule for');
    const same = held.waivers.find(({ rule }) => rule === input.rule);
    if (same?.waivedById === principalId && same.reason === reason) return held;
    requireOpen(held, 'waived');
    requireWaivable(held, input.rule);
    await insertWaiver(db, { proposal: id, rule: input.rule, reason, principalId, at: now() });
    return (await findProposal(db, id))!;
  });
}

function requireWaivable(proposal: Proposal, rule: string): void {
  const findings = standingFindings(proposal);
  const found = findings.find(({ key }) => key === rule);
  if (!found)
    throw new DomainError(
      'NOT_FOUND',
      `rule: the proposal is held against ${findings.map(({ key }) => key).join(', ') || 'no rule'}, not "${rule}".`,
    );
  if (found.rule.kind === 'REVIEWED_BY_ANOTHER')
    throw new DomainError('BAD_INPUT', `rule: ${rule} cannot be waived; have the proposal reviewed.`);
  if (found.outcome === 'WAIVED') throw new DomainError('CONFLICT', `rule: ${rule} is waived already.`);
  if (found.outcome === 'PASSED')
    throw new DomainError('CONFLICT', `rule: ${rule} is met, so there is nothing to waive.`);
}
