import type { Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { hideSmallCounts } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import type { NearLooks } from '../report-input.ts';
import type { DividedSubjects } from './divided-subjects.ts';
import { type TestShare, testShare } from './split-counts.ts';
import { leakVerdict, populationOf } from './split-leakage.ts';
import { isTwinInTrain, placePairs } from './split-pairs.ts';

/** Two contents alike, by an image of each. */
export interface ListedNearPair {
  readonly first: string;
  readonly second: string;
  readonly firstPart: string;
  readonly secondPart: string;
  readonly distance: number;
  readonly correlation: number;
  readonly selection: ImageSelection;
}

export interface NearDuplicates extends TestShare {
  /** Whether any images could be compared by their looks. */
  readonly isExamined: boolean;
  /** Pairs of contents across parts that are alike by their hashes, and those of them that the pixels confirm. */
  readonly candidates: Estimate;
  readonly confirmed: Estimate;
  /** The first 50 confirmed pairs; of a personal dataset none. */
  readonly pairs: readonly ListedNearPair[];
  readonly verdict: Verdict;
}

const LONGEST_LIST = 50;

/**
 * Images alike by their looks in two parts (specification §5.1). A pair is of two contents, an image named of each; all
 * images of the same bytes are concerned.
 */
export function nearDuplicateLeakage(
  divided: DividedSubjects,
  looks: NearLooks | null,
  personal: boolean,
): { readonly near: NearDuplicates; readonly leaked: Uint8Array } {
  const candidates = acrossParts(divided, looks?.candidates ?? []);
  const confirmed = acrossParts(divided, looks?.confirmed ?? []);
  const leaked = twinsInTrain(divided, confirmed);
  const basis = populationOf(divided, 'pairs of contents');
  const unconfirmed = Math.max(0, candidates.length - confirmed.length);
  const near: NearDuplicates = {
    isExamined: looks !== null,
    candidates: hideSmallCounts([candidates.length], basis, personal)[0]!,
    confirmed: hideSmallCounts([confirmed.length, unconfirmed], basis, personal)[0]!,
    ...testShare(leaked, divided, 'share of test images with a confirmed near duplicate in train', personal),
    pairs: personal ? [] : confirmed.slice(0, LONGEST_LIST).map((one) => listed(divided, one)),
    verdict: leakVerdict(confirmed.length, 'AMBER', looks !== null, divided),
  };
  return { near, leaked };
}

/** A pair of contents; of each its first image in every part where it stands. */
interface PairAcross<Pair> {
  readonly pair: Pair;
  readonly first: ReadonlyMap<number, number>;
  readonly second: ReadonlyMap<number, number>;
}

/** The pairs of contents of which an image of one and an image of the other stand in different parts. */
function acrossParts<Pair extends { readonly first: string; readonly second: string }>(
  divided: DividedSubjects,
  pairs: readonly Pair[],
): PairAcross<Pair>[] {
  const placed = placePairs(pairs, divided);
  const contentOf = contents(divided);
  const standing = new Map<number, Map<number, number>>();
  for (const { first, second } of placed)
    for (const image of [first, second]) standing.set(contentOf(image), new Map());
  if (standing.size > 0)
    divided.parts.codes.forEach((part, image) => {
      const parts = standing.get(contentOf(image));
      if (parts !== undefined && !parts.has(part)) parts.set(part, image);
    });
  return placed.flatMap(({ pair, first, second }) => {
    const [one, other] = [standing.get(contentOf(first))!, standing.get(contentOf(second))!];
    const isAcross = new Set([...one.keys(), ...other.keys()]).size > 1;
    return isAcross ? [{ pair, first: one, second: other }] : [];
  });
}

/** What images of the same bytes have in common; one of unknown bytes is alone. */
function contents({ subjects }: DividedSubjects): (image: number) => number {
  const digestOf = subjects.identities?.digestOf;
  return (image) => {
    const digest = digestOf?.[image] ?? -1;
    return digest < 0 ? -1 - image : digest;
  };
}

function twinsInTrain(divided: DividedSubjects, pairs: readonly PairAcross<object>[]): Uint8Array {
  const { parts, subjects } = divided;
  const contentOf = contents(divided);
  const taught = new Set<string>();
  const keyOf = (image: number) => `${contentOf(image)} ${parts.codes[image]}`;
  for (const { first, second } of pairs)
    for (const one of first.values())
      for (const other of second.values()) {
        if (isTwinInTrain(one, other, divided)) taught.add(keyOf(one));
        if (isTwinInTrain(other, one, divided)) taught.add(keyOf(other));
      }
  const leaked = new Uint8Array(subjects.imageCount);
  if (taught.size > 0)
    for (let image = 0; image < leaked.length; image += 1) if (taught.has(keyOf(image))) leaked[image] = 1;
  return leaked;
}

/** The pair by two images in different parts. */
function listed(
  { subjects, roles }: DividedSubjects,
  { pair, first, second }: PairAcross<NearLooks['confirmed'][number]>,
): ListedNearPair {
  const [[firstPart, one], [secondPart, other]] = [...first]
    .flatMap((own) => [...second].map((their) => [own, their] as const))
    .find(([own, their]) => own[0] !== their[0])!;
  const [firstId, secondId] = [subjects.identities!.ids[one]!, subjects.identities!.ids[other]!];
  return {
    first: firstId,
    second: secondId,
    firstPart: roles.names[firstPart]!,
    secondPart: roles.names[secondPart]!,
    distance: pair.distance,
    correlation: pair.correlation,
    selection: keptWhere(isIn('image', firstId, secondId)),
  };
}
