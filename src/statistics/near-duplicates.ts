import { DomainError } from '../kernel/errors.ts';
import {
  type Bands,
  bandedPairs,
  bandsOf,
  crowdedInGroup,
  crowdedValues,
  hammingDistance,
  isCrowded,
  meetsBefore,
} from './hash-bands.ts';
import { normalisedCrossCorrelation } from './normalised-cross-correlation.ts';

export interface HashedImage {
  readonly id: string;
  /** 64-bit difference hash, 16 hexadecimal digits. */
  readonly hash: string;
  /** What images may look alike within: a plate, a field, a series. Absent: the image shares it with none. */
  readonly group?: string | null;
}

export interface NearDuplicateOptions {
  /** Largest Hamming distance of a candidate, 0 to 7. Default 3. */
  readonly maxDistance?: number;
  /** Smallest correlation of a confirmed pair. Default 0.98. */
  readonly minCorrelation?: number;
  /** 32 × 32 grey samples of an image; null where there are none. Asked for candidates alone. */
  readonly thumbnailOf: (id: string) => Uint8Array | null;
}

/** `first` sorts before `second` by code units. `correlation` is null where it is not defined or not known. */
export interface NearDuplicatePair {
  readonly first: string;
  readonly second: string;
  readonly distance: number;
  readonly correlation: number | null;
}

export interface NearDuplicates {
  readonly candidates: readonly NearDuplicatePair[];
  readonly confirmed: readonly NearDuplicatePair[];
  /** Images with flat hashes that share one in too large a number to be compared even inside their group. */
  readonly uncompared: readonly string[];
}

const FEWEST_BITS = 8;
const MOST_BITS = 56;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function isFlat({ high, low }: Bands, index: number): boolean {
  const bits = hammingDistance(high[index]!, low[index]!, 0, 0);
  return bits < FEWEST_BITS || bits > MOST_BITS;
}

/** The members of each group that holds at least one flagged image. */
function groupsWith(images: readonly HashedImage[], flagged: Uint8Array): number[][] {
  const groups = new Map<string, number[]>();
  images.forEach(({ group }, index) => {
    if (group === undefined || group === null) return;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [index]);
    else members.push(index);
  });
  return [...groups.values()].filter((members) => members.some((index) => flagged[index] === 1));
}

/** Candidate pairs as indices with their distance, and the images that stood in buckets too full to compare. */
function candidatePairs(images: readonly HashedImage[], bands: Bands, maxDistance: number) {
  const flat = Uint8Array.from(images, (_, index) => (isFlat(bands, index) ? 1 : 0));
  const pairs: [number, number, number][] = [];
  const telling = images.flatMap((_, index) => (flat[index] === 1 ? [] : [index]));
  const crowded = crowdedValues(bands, telling);
  bandedPairs(bands, telling, maxDistance, crowded, (a, b, distance) => pairs.push([a, b, distance]));
  const grouped = Uint8Array.from(flat, (flag, index) => flag | Number(isCrowded(bands, crowded, index)));
  const flips = maxDistance > 3;
  const found = (a: number, b: number) =>
    flat[a] === 0 && flat[b] === 0 && meetsBefore(bands, crowded, flips, a, b, 4);
  const uncompared = new Set<number>();
  for (const members of groupsWith(images, grouped)) {
    const full = crowdedInGroup(bands, members);
    if (full !== null) {
      for (const index of members) if (isCrowded(bands, full, index)) uncompared.add(index);
    }
    bandedPairs(bands, members, maxDistance, full, (a, b, distance) => {
      if (!found(a, b)) pairs.push([a, b, distance]);
    });
  }
  return { pairs, uncompared };
}

/**
 * Pairs of images that look the same: candidates by 64-bit difference hash, confirmed by correlation of their
 * thumbnails. Candidates are complete up to `maxDistance`, except that flat hashes (fewer than 8 or more than
 * 56 bits set, or a band value shared by more than 5000 images) are compared inside their group alone.
 */
export function nearDuplicates(
  images: readonly HashedImage[],
  options: NearDuplicateOptions,
): NearDuplicates {
  const { maxDistance = 3, minCorrelation = 0.98, thumbnailOf } = options;
  if (!Number.isInteger(maxDistance) || maxDistance < 0 || maxDistance > 7) {
    throw new DomainError(
      'BAD_INPUT',
      `maxDistance is ${maxDistance}; it must be a whole number from 0 to 7.`,
    );
  }
  const bands = bandsOf(images.map(({ hash }) => hash));
  const { pairs, uncompared } = candidatePairs(images, bands, maxDistance);
  const candidates = pairs
    .map(([a, b, distance]): NearDuplicatePair => {
      const [first, second] = [images[a]!.id, images[b]!.id].sort(compare) as [string, string];
      const [one, other] = [thumbnailOf(first), thumbnailOf(second)];
      const correlation = one !== null && other !== null ? normalisedCrossCorrelation(one, other) : null;
      return { first, second, distance, correlation };
    })
    .sort((a, b) => compare(a.first, b.first) || compare(a.second, b.second));
  const confirmed = candidates.filter(
    ({ correlation }) => correlation !== null && correlation >= minCorrelation,
  );
  return {
    candidates,
    confirmed,
    uncompared: [...uncompared].map((index) => images[index]!.id).sort(compare),
  };
}
