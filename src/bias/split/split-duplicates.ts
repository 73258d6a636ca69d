import type { Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { hideSmallCounts } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import { isLabelled } from '../variables/label-variable.ts';
import type { DividedSubjects } from './divided-subjects.ts';
import { sharedGroups } from './shared-groups.ts';
import { type TestShare, testShare } from './split-counts.ts';
import { leakVerdict, listedGroups, populationOf, type SharedGroup } from './split-leakage.ts';

/** The same bytes under different labels. */
export interface LabelConflict {
  readonly digest: string;
  readonly labels: readonly string[];
  readonly selection: ImageSelection;
}

export interface ExactDuplicates extends TestShare {
  /** Images whose bytes are known. */
  readonly knownImages: Estimate;
  /** Contents that stand in two parts or more, and the first 50 by digest; of a personal dataset none is listed. */
  readonly contents: Estimate;
  readonly groups: readonly SharedGroup[];
  /** Contents with images of different labels, in whatever parts, and the first 50 by digest. */
  readonly conflictCount: Estimate;
  readonly conflicts: readonly LabelConflict[];
  readonly verdict: Verdict;
}

const LONGEST_LIST = 50;

/** Images of the same bytes in two parts or more, and under different labels (specification §5.1). */
export function exactDuplicates(
  divided: DividedSubjects,
  personal: boolean,
): { readonly duplicates: ExactDuplicates; readonly leaked: Uint8Array } {
  const { subjects } = divided;
  const { imageCount } = subjects;
  const { digestOf, digests } = subjects.identities ?? {
    digestOf: new Int32Array(imageCount).fill(-1),
    digests: [],
  };
  const found = sharedGroups(digestOf, digests.length, divided);
  const { knownImages, knownGroups, shared, leaked } = found;
  const conflicts = labelConflicts(divided, digestOf, digests.length);
  const basis = (method: string) => populationOf(divided, method);
  const countOf = (count: number, all: number, method: string) =>
    hideSmallCounts([count, all - count], basis(method), personal)[0]!;
  const duplicates: ExactDuplicates = {
    knownImages: countOf(knownImages, imageCount, 'images'),
    contents: countOf(shared.length, knownGroups, 'contents'),
    ...testShare(leaked, divided, 'share of test images whose bytes are in train', personal),
    groups: personal ? [] : listedGroups('digest', shared, { groupOf: digestOf, names: digests }, divided),
    conflictCount: countOf(conflicts.size, knownGroups, 'contents'),
    conflicts: personal ? [] : listedConflicts(divided, conflicts, digests),
    verdict: leakVerdict(shared.length, 'RED', knownImages === imageCount, divided),
  };
  return { duplicates, leaked };
}

/** The contents whose labelled images differ in their classes, with all of these classes. */
function labelConflicts(
  { subjects }: DividedSubjects,
  digestOf: Int32Array,
  digestCount: number,
): Map<number, Set<number>> {
  const labelled = isLabelled(subjects);
  const { offsets, codes } = subjects.classes;
  const copies = new Int32Array(digestCount);
  for (const digest of digestOf) if (digest >= 0) copies[digest]! += 1;
  const firstLabels = new Map<number, readonly number[]>();
  const conflicts = new Map<number, Set<number>>();
  for (let image = 0; image < digestOf.length; image += 1) {
    const digest = digestOf[image]!;
    if (digest < 0 || copies[digest]! < 2 || labelled[image] === 0) continue;
    const own = [...codes.subarray(offsets[image], offsets[image + 1])].sort((a, b) => a - b);
    const first = firstLabels.get(digest);
    if (first === undefined) firstLabels.set(digest, own);
    else if (own.join() !== first.join())
      conflicts.set(digest, new Set([...(conflicts.get(digest) ?? first), ...own]));
  }
  return conflicts;
}

function listedConflicts(
  { subjects }: DividedSubjects,
  conflicts: ReadonlyMap<number, ReadonlySet<number>>,
  digests: readonly string[],
): LabelConflict[] {
  const ordered = [...conflicts].sort(([a], [b]) => a - b).slice(0, LONGEST_LIST);
  return ordered.map(([digest, labels]) => ({
    digest: digests[digest]!,
    labels: [...labels].sort((a, b) => a - b).map((label) => subjects.classes.names[label]!),
    selection: keptWhere(isIn('digest', digests[digest]!)),
  }));
}
