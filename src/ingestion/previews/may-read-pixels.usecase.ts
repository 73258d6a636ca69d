import { may } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import type { Context } from '../../platform/context.ts';

/** Whether it is worth naming an address: what the terms say of it, the address itself tells. */
export function mayReadPixels(context: Context, datasetId: string): boolean {
  return may(context.actor, 'pixels.read', datasetScope(datasetId));
}
