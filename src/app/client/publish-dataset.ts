import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';

export interface PublishReport {
  readonly digest: string;
  readonly dataset: string;
  readonly revision: number;
  readonly images: number;
  readonly annotations: number;
  /** Images whose pixels the digest does not pin. */
  readonly references: number;
  readonly tags: readonly string[];
}

/** Publishes the kept images; the same content published again is the same snapshot. */
export async function publishDataset(
  access: ServerAccess,
  wish: {
    dataset: string;
    splits: readonly string[];
    consensuses?: readonly string[];
    tag: string | null;
    parent: string | null;
  },
): Promise<PublishReport> {
  const { publishSnapshot } = await ask<{
    publishSnapshot: {
      digest: string;
      revision: number;
      imageCount: number;
      annotationCount: number;
      referenceCount: number;
      tags: string[];
    };
  }>(
    access,
    `mutation Publish($input: PublishSnapshotInput!) { publishSnapshot(input: $input) {
       ... on Snapshot { digest revision imageCount annotationCount referenceCount tags } ${PROBLEM} } }`,
    { input: wish },
  );
  const { digest, revision, imageCount, annotationCount, referenceCount, tags } = accepted(publishSnapshot);
  return {
    digest,
    dataset: wish.dataset,
    revision,
    images: imageCount,
    annotations: annotationCount,
    references: referenceCount,
    tags,
  };
}
