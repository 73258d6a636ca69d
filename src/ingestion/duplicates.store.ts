import type { EntityManager } from 'typeorm';
import { nearDuplicates } from '../statistics/near-duplicates.ts';
import { normalisedCrossCorrelation } from '../statistics/normalised-cross-correlation.ts';
import { findThumbnails, type HashedImage, listHashes } from './content-facts.store.ts';

/** Statistics.md §5.1: candidates up to this Hamming distance, confirmed at this correlation (engineering values, [c]). */
export const MAX_DISTANCE = 7;
export const MIN_CORRELATION = 0.98;

export interface ExactDuplicate {
  readonly datasetId: string;
  readonly digest: string;
  readonly images: readonly { id: string; name: string | null }[];
}

export interface NearDuplicate {
  readonly datasetId: string;
  readonly first: string;
  readonly second: string;
  readonly firstName: string | null;
  readonly secondName: string | null;
  readonly distance: number;
  readonly correlation: number;
}

/** Two images alike by their hashes. */
export interface DuplicateCandidate {
  readonly first: string;
  readonly second: string;
  readonly distance: number;
}

export interface DuplicateFinding {
  readonly datasetId: string;
  readonly asOf: number;
  readonly exact: readonly ExactDuplicate[];
  readonly near: readonly NearDuplicate[];
  /** Those of `near` among them. */
  readonly candidates: readonly DuplicateCandidate[];
  readonly candidateCount: number;
  /** Kept images with pixels here; images by reference cannot be compared. */
  readonly comparedCount: number;
  /** Of these, those whose looks could be compared. */
  readonly hashedCount: number;
}

export async function duplicatesAmong(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
): Promise<DuplicateFinding> {
  const images = await listHashes(db, at);
  const byDigest = new Map<string, HashedImage[]>();
  for (const image of images) byDigest.set(image.digest, [...(byDigest.get(image.digest) ?? []), image]);
  const exact = [...byDigest].flatMap(([digest, held]) =>
    held.length < 2
      ? []
      : [{ datasetId: at.datasetId, digest, images: held.map(({ id, name }) => ({ id, name })) }],
  );
  // One image stands for each digest: exact duplicates are near ones too, and need no second mention.
  const distinct = [...byDigest.values()].map(([first]) => first!).filter(({ hash }) => hash !== null);
  const hashed = distinct.map(({ id, hash, group }) => ({ id, hash: hash!, group }));
  const { candidates } = nearDuplicates(hashed, { maxDistance: MAX_DISTANCE, thumbnailOf: () => null });
  const byId = new Map(distinct.map((image) => [image.id, image]));
  const digests = [
    ...new Set(
      candidates.flatMap(({ first, second }) => [byId.get(first)!.digest, byId.get(second)!.digest]),
    ),
  ];
  const thumbnails = await findThumbnails(db, digests);
  const near = candidates.flatMap(({ first, second, distance }) => {
    const [one, other] = [thumbnails.get(byId.get(first)!.digest), thumbnails.get(byId.get(second)!.digest)];
    const correlation = one && other ? normalisedCrossCorrelation(one, other) : null;
    if (correlation === null || correlation < MIN_CORRELATION) return [];
    return [
      {
        datasetId: at.datasetId,
        first,
        second,
        firstName: byId.get(first)!.name,
        secondName: byId.get(second)!.name,
        distance,
        correlation,
      },
    ];
  });
  return {
    ...at,
    exact,
    near,
    candidates: candidates.map(({ first, second, distance }) => ({ first, second, distance })),
    candidateCount: candidates.length,
    comparedCount: images.length,
    hashedCount: hashed.length,
  };
}
