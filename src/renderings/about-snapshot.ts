import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import type { DocumentFacts, RenderingInput } from './rendering.ts';
import { viewAddress } from './rendering-address.ts';

/** What a document about a snapshot is made of. */
export type DocumentInput = RenderingInput & { readonly facts: DocumentFacts };

/** Where the snapshot is fetched; what lies below it is appended with a slash. */
export function snapshotAddress({ facts, source }: DocumentInput): string {
  return `${facts.origin}/snapshots/${source.digest}`;
}

/** Where its forms are fetched: once images were withdrawn, those of the view without them. */
export function formsAddress({ facts, source }: DocumentInput): string {
  return `${facts.origin}${viewAddress(source.digest, facts.view)}`;
}

/**
 * A snapshot has a digest for a version, and some documents demand SemVer. Tags cannot be taken: one may be given when the document
 * is made and cached already. So it is 1.0.0, for the content never changes under its name, with the digest as build metadata.
 */
export function semanticVersion(digest: string): string {
  return `1.0.0+${shortDigest(digest)}`;
}

/** Twelve hexadecimal characters, which `GET /snapshots/{them}` leads to the snapshot. */
export function shortDigest(digest: string): string {
  return digest.slice('sha256:'.length, 'sha256:'.length + 12);
}

/** The page of a licence of the SPDX list; null where none of the list was declared. */
export function licenceAddress(licence: string | null): string | null {
  if (licence === null || licence.startsWith('LicenseRef-')) return null;
  return `https://spdx.org/licenses/${licence}.html`;
}

/** What people wrote about the dataset; where they wrote nothing, what can be said without them. */
export function descriptionOf({ facts, source }: DocumentInput): string {
  return facts.description.trim() || `${source.header.title}: ${contentSentence(source.header)}`;
}

export function contentSentence({ size, classes, images }: SnapshotHeader): string {
  const elsewhere = images.reference > 0 ? `, of which ${images.reference} lie elsewhere` : '';
  return `a snapshot of ${size} images${elsewhere}, with every rater's statements, in ${classes.length} classes.`;
}

/** The UTC day. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
