import { visibleObject } from '../catalogue/dataset.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import { findSnapshot } from '../snapshots/snapshots.store.ts';
import { type Deprecation, findDeprecations, insertDeprecation } from './stewardship.store.ts';

export interface DeprecationInput {
  readonly snapshot: string;
  readonly reason: string;
  /** Digest of the snapshot to use instead. */
  readonly successor: string | null;
}

/** Says that a snapshot should be used no more. It stays as it is, and its digest keeps being served. */
export async function deprecateSnapshot(context: Context, input: DeprecationInput): Promise<Snapshot> {
  const held = await findSnapshot(context.db, input.snapshot);
  const unknown = `snapshot: no snapshot ${input.snapshot} is known to this token.`;
  const snapshot = await visibleObject(context, held, unknown);
  requireMay(context, 'snapshot.deprecate', datasetScope(snapshot.datasetId));
  if (input.reason.trim() === '') throw new DomainError('BAD_INPUT', 'reason: a deprecation needs one.');
  await requireSuccessor(context, snapshot, input.successor);
  const entry = {
    action: 'snapshot.deprecate',
    subject: datasetScope(snapshot.datasetId),
    detail: { ...input },
  };
  return recorded(context, entry, async ({ db, actor, now }) => {
    if (!(await insertDeprecation(db, { ...input, principalId: actor!.principalId, deprecatedAt: now() }))) {
      throw new DomainError('CONFLICT', `snapshot: ${input.snapshot} is deprecated already.`);
    }
    return (await findSnapshot(db, snapshot.digest))!;
  });
}

async function requireSuccessor(
  context: Context,
  snapshot: Snapshot,
  successor: string | null,
): Promise<void> {
  if (successor === null) return;
  const held = await findSnapshot(context.db, successor);
  if (held?.datasetId !== snapshot.datasetId || successor === snapshot.digest) {
    throw new DomainError('NOT_FOUND', `successor: the dataset has no other snapshot ${successor}.`);
  }
}

/** Deprecations of several snapshots, for a loader. */
export async function readDeprecations(context: Context, digests: readonly string[]): Promise<Deprecation[]> {
  return findDeprecations(context.db, digests);
}
