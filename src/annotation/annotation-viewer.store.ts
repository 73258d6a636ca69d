import { may } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import type { Context } from '../platform/context.ts';
import { type AnnotationViewer, annotationViewer } from './annotation-viewer.ts';
import { findPseudonym } from './annotator-accounts.store.ts';

/** What the asking account may see of what is under seal. */
export async function viewerOf(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  datasetId: string,
): Promise<AnnotationViewer> {
  const mayCurate = may(actor, 'dataset.curate', datasetScope(datasetId));
  return annotationViewer(mayCurate, actor && (await findPseudonym(db, datasetId, actor.principalId)));
}
