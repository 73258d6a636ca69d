import { compareText } from '../kernel/compare-text.ts';
import type { SplitAssignment } from './split-strategy.ts';

/** A key that must not stand in two parts (unit, session, plate, …): image id → value where it is known. */
export interface GroupsOfKey {
  readonly key: string;
  readonly of: ReadonlyMap<string, string>;
}

/** Two images found alike by their perceptual hash; each pair is given once, in either order. */
export interface NearPair {
  readonly first: string;
  readonly second: string;
  /** Hamming distance of the 64-bit hashes, 0 to 64. */
  readonly distance: number;
  /** Normalised cross-correlation, -1 to 1; null where the candidate was not confirmed. */
  readonly correlation: number | null;
}

export interface LeakageInput {
  readonly assignment: SplitAssignment;
  readonly groupsByKey: readonly GroupsOfKey[];
  /** Image id → digest, of the images whose bytes are known. */
  readonly digests: ReadonlyMap<string, string>;
  /** Null: no search for near duplicates was made. */
  readonly nearPairs: readonly NearPair[] | null;
}

/** What stands in two parts or more, each list complete and in a fixed order, and what was looked at to say so. */
export interface Leakage {
  readonly sharedGroups: readonly {
    readonly key: string;
    readonly value: string;
    readonly parts: readonly string[];
  }[];
  readonly exactDuplicates: readonly {
    readonly digest: string;
    readonly images: readonly string[];
    readonly parts: readonly string[];
  }[];
  readonly nearDuplicates: readonly (NearPair & { readonly parts: readonly [string, string] })[];
  readonly examined: {
    readonly images: number;
    readonly groupKeys: readonly { readonly key: string; readonly known: number }[];
    readonly digests: number;
    readonly nearPairs: number | null;
  };
}

/** Finds every group, every digest and every near pair that stands in more than one part (statistics §5.1). */
export function findLeakage(input: LeakageInput): Leakage {
  const partOf = new Map(input.assignment.map(({ image, part }) => [image, part]));
  const pairs =
    input.nearPairs?.filter(({ first, second }) => partOf.has(first) && partOf.has(second)) ?? null;
  return {
    sharedGroups: input.groupsByKey.flatMap(({ key, of }) =>
      sharedValues(partOf, of).map(({ value, parts }) => ({ key, value, parts })),
    ),
    exactDuplicates: sharedValues(partOf, input.digests).map(({ value, images, parts }) => ({
      digest: value,
      images,
      parts,
    })),
    nearDuplicates: nearAcrossParts(partOf, pairs ?? []),
    examined: {
      images: partOf.size,
      groupKeys: input.groupsByKey.map(({ key, of }) => ({ key, known: countKnown(partOf, of) })),
      digests: countKnown(partOf, input.digests),
      nearPairs: pairs?.length ?? null,
    },
  };
}

interface SharedValue {
  readonly value: string;
  readonly images: readonly string[];
  readonly parts: readonly string[];
}

function sharedValues(
  partOf: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string>,
): SharedValue[] {
  const imagesOf = new Map<string, string[]>();
  for (const image of partOf.keys()) {
    const value = values.get(image);
    if (value === undefined) continue;
    const images = imagesOf.get(value);
    if (images === undefined) imagesOf.set(value, [image]);
    else images.push(image);
  }
  const shared: SharedValue[] = [];
  for (const [value, images] of imagesOf) {
    const parts = new Set(images.map((image) => partOf.get(image)!));
    if (parts.size < 2) continue;
    shared.push({ value, images: images.sort(compareText), parts: [...parts].sort(compareText) });
  }
  return shared.sort((first, second) => compareText(first.value, second.value));
}

function nearAcrossParts(
  partOf: ReadonlyMap<string, string>,
  pairs: readonly NearPair[],
): Leakage['nearDuplicates'] {
  return pairs
    .map((pair) => {
      const [first, second] = [pair.first, pair.second].sort(compareText) as [string, string];
      return { ...pair, first, second, parts: [partOf.get(first)!, partOf.get(second)!] as const };
    })
    .filter(({ parts }) => parts[0] !== parts[1])
    .sort((one, other) => compareText(one.first, other.first) || compareText(one.second, other.second));
}

function countKnown(partOf: ReadonlyMap<string, string>, values: ReadonlyMap<string, string>): number {
  let known = 0;
  for (const image of partOf.keys()) if (values.has(image)) known++;
  return known;
}
