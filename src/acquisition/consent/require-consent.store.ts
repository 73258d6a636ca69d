import { findTerms, requireTerms } from '../../catalogue/terms/terms.store.ts';
import type { Context } from '../../platform/context.ts';
import { refusalOfPixels, refusalOfPublishing, scopesOfPixels, scopesOfPublishing } from './consent.ts';
import { findLackingConsent } from './consents.store.ts';

interface Named {
  readonly datasetId: string;
  readonly slug: string;
}

/** Refuses to publish while a kept image lacks a consent that the terms require. */
export async function requireConsentToPublish(
  context: Context,
  { datasetId, slug, asOf }: Named & { readonly asOf: number },
): Promise<void> {
  const terms = await findTerms(context.db, datasetId);
  if (terms?.consent !== 'REQUIRED') return;
  const scopes = scopesOfPublishing(terms.visibility);
  const lacking = await findLackingConsent(context.db, { datasetId, asOf }, scopes, context.now());
  if (lacking.length > 0) throw refusalOfPublishing(slug, lacking);
}

/**
 * Around pixels, of images as of a revision or of those with a digest: what the terms ask of who reads, and what the subjects consented
 * to. Who works on the dataset is bound by neither.
 */
export async function requirePixelTerms(
  context: Context,
  images: { readonly datasetId: string } & ({ readonly asOf: number } | { readonly digest: string }),
): Promise<void> {
  const { datasetId } = images;
  const terms = await requireTerms(context, datasetId);
  if (terms?.consent !== 'REQUIRED') return;
  const scopes = scopesOfPixels(terms.visibility);
  const lacking = await findLackingConsent(context.db, images, scopes, context.now());
  if (lacking.length > 0) throw refusalOfPixels(terms.slug, lacking);
}
