import { requirePixelTerms } from '../acquisition/consent/require-consent.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { visibleSnapshot } from '../snapshots/snapshots.store.ts';
import { bundledImages } from './image-bundle.store.ts';
import { bundleRange } from './image-bundle.ts';
import { tar } from './tar.ts';

/** Many images in one answer, for those who pull: a request for each of a hundred thousand small files costs more than their bytes. */
export async function openBundle(
  context: Context,
  input: { snapshot: string; name: string; parts: string | null },
): Promise<AsyncIterable<Uint8Array>> {
  const { digest, datasetId, revision } = await visibleSnapshot(context, input.snapshot);
  requireMay(context, 'pixels.read', datasetScope(datasetId));
  await requirePixelTerms(context, { datasetId, asOf: revision });
  const range = bundleRange(input.name);
  const parts = input.parts === null ? null : partsOf(input.parts);
  return tar(bundledImages(context.db, context.blobs, digest, range, parts));
}

/** A JSON list, for names of parts may hold any character. */
function partsOf(text: string): string[] {
  try {
    const parts: unknown = JSON.parse(text);
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string')) return parts;
  } catch {
    // Refused below, with what it should be.
  }
  throw new DomainError('BAD_INPUT', 'parts: give a JSON list of texts "SPLIT:PART".');
}
