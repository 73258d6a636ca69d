import { may } from '../governance/policy.ts';
import { type Actor, datasetScope } from '../kernel/actor.ts';
import type { Sensitivity } from './dataset.ts';

/** In a personal dataset the name as imported is a restricted field (amendment 16). */
export function mayReadNames(
  actor: Actor | null,
  dataset: { datasetId: string; sensitivity: Sensitivity },
): boolean {
  return dataset.sensitivity === 'NONE' || may(actor, 'restricted.read', datasetScope(dataset.datasetId));
}
