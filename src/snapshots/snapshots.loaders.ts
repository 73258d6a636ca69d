import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import { attestationsOf } from './attest.usecase.ts';
import { type ProofAsked, proveInclusions } from './prove-inclusion.usecase.ts';
import { readSnapshotFiles, readTags } from './read-snapshots.usecase.ts';
import type { Snapshot } from './snapshot.ts';

/** Tags of a request's snapshots, one statement for all. */
export function tagsLoader(context: Context) {
  return new DataLoader(async (digests: readonly string[]) => {
    const tags = await readTags(context, digests);
    return digests.map((digest) => tags.filter((found) => found.digest === digest).map(({ tag }) => tag));
  });
}

/** Files of a request's snapshots, one statement for all. */
export function snapshotFilesLoader(context: Context) {
  return new DataLoader(async (digests: readonly string[]) => {
    const files = await readSnapshotFiles(context, digests);
    return digests.map((digest) => files.filter(({ snapshot }) => snapshot === digest));
  });
}

/** Signed statements about a request's snapshots, read and signed together. */
export function attestationsLoader(context: Context) {
  return new DataLoader((snapshots: readonly Snapshot[]) => attestationsOf(context, snapshots), {
    cacheKeyFn: ({ digest }) => digest,
  });
}

/** Proofs that a request asks for; each shard is read once, whatever is proved by it. */
export function inclusionProofLoader(context: Context) {
  return new DataLoader((asked: readonly ProofAsked[]) => proveInclusions(context, asked), {
    cacheKeyFn: ({ snapshot, image }) => `${snapshot.digest} ${image}`,
  });
}
