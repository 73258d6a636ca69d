import { visibleDatasetById } from '../../catalogue/dataset.store.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { revise } from '../../catalogue/revise.store.ts';
import type { Context } from '../../platform/context.ts';
import { type ConsentScope, checkSubjects } from './consent.ts';
import { replaceConsents } from './consents.store.ts';

export interface DeclareConsent {
  readonly dataset: string;
  readonly subjects: readonly string[];
  readonly scopes: readonly ConsentScope[];
  readonly until: Date | null;
}

/** Declares to what subjects consent, in the place of what they said before. The record counts them and names none. */
export async function declareConsent(context: Context, input: DeclareConsent): Promise<Dataset> {
  const scopes = [...new Set(input.scopes)].sort();
  const request = {
    dataset: input.dataset,
    action: 'terms.declare',
    verb: 'consent.declare',
    summary: 'consent of subjects declared',
    detail: { subjects: input.subjects.length, scopes },
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const subjects = checkSubjects(input.subjects);
    const changed = await replaceConsents(db, target, subjects, { scopes, until: input.until });
    return { changed: changed > 0, result: target };
  });
  return visibleDatasetById(context, datasetId);
}
