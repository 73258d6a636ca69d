import type { Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { hideSmallCounts } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import type { DividedSubjects } from './divided-subjects.ts';
import { imagesByPart, type SharedGroups, sharedGroups } from './shared-groups.ts';
import { type TestShare, testShare } from './split-counts.ts';

/** What a group in two parts is: a fault that voids the score, a doubt, or what one should know. */
export type LeakageWeight = 'RED' | 'AMBER' | 'INFORMATION';

export interface PartImages {
  readonly part: string;
  readonly images: Estimate;
}

/** A group, or the images of one content, in two parts or more. */
export interface SharedGroup {
  readonly value: string;
  readonly parts: readonly PartImages[];
  readonly selection: ImageSelection;
}

export interface KeyLeakage extends TestShare {
  readonly key: string;
  readonly weight: LeakageWeight;
  readonly knownImages: Estimate;
  readonly knownGroups: Estimate;
  readonly sharedGroups: Estimate;
  /** The first 50 by name; of a personal dataset none, for a row would be of one person. */
  readonly groups: readonly SharedGroup[];
  /** Null where it is information only. */
  readonly verdict: Verdict | null;
}

/** A key's leakage, and which test images it concerns. */
export interface ExaminedKey {
  readonly leakage: KeyLeakage;
  readonly leaked: Uint8Array;
}

/** Keys looked at whatever is asked (specification §5.1), besides the unit; of others one has to ask for. */
const STANDARD_KEYS = ['session', 'plate', 'plot', 'video', 'site'];
const LONGEST_LIST = 50;

/** Which groups of each key stand in two parts or more: the unit, the group asked for, then the others that are recorded. */
export function keyLeakage(divided: DividedSubjects, personal: boolean): ExaminedKey[] {
  const { subjects, group } = divided;
  const wanted = new Set([...(group === 'unit' ? [] : [group]), ...STANDARD_KEYS]);
  const columns = subjects.groupKeys
    .filter(({ name }) => wanted.has(name))
    .sort((a, b) => Number(b.name === group) - Number(a.name === group));
  const unit = {
    name: 'unit',
    groupOf: subjects.units.unitOf.map((of, image) => (subjects.unitKnown[image] === 1 ? of : -1)),
    names: subjects.unitNames,
  };
  return [unit, ...columns].flatMap(({ name, groupOf, names }) => {
    const found = sharedGroups(groupOf, names.length, divided);
    if (found.knownImages === 0 && name !== group) return [];
    return [examined(name, found, { groupOf, names }, divided, personal)];
  });
}

function examined(
  key: string,
  found: SharedGroups,
  column: { groupOf: Int32Array; names: readonly string[] },
  divided: DividedSubjects,
  personal: boolean,
): ExaminedKey {
  const { imageCount } = divided.subjects;
  const weight = weightOf(key, divided.group);
  const images = populationOf(divided, 'images');
  const groups = populationOf(divided, 'groups');
  const [known] = hideSmallCounts([found.knownImages, imageCount - found.knownImages], images, personal);
  const apart = found.knownGroups - found.shared.length;
  const leakage: KeyLeakage = {
    key,
    weight,
    knownImages: known!,
    knownGroups: hideSmallCounts([found.knownGroups], groups, personal)[0]!,
    sharedGroups: hideSmallCounts([found.shared.length, apart], groups, personal)[0]!,
    ...testShare(found.leaked, divided, `share of test images whose ${key} is in train`, personal),
    groups: personal ? [] : listedGroups(key, found.shared, column, divided),
    verdict:
      weight === 'INFORMATION'
        ? null
        : leakVerdict(found.shared.length, weight, found.knownImages === imageCount, divided),
  };
  return { leakage, leaked: found.leaked };
}

function weightOf(key: string, group: string): LeakageWeight {
  if (key === 'unit' || key === group) return 'RED';
  return key === 'site' ? 'INFORMATION' : 'AMBER';
}

/** A finding colours at any number of units; that there is none is shown only where everything was looked at. */
export function leakVerdict(
  found: number,
  weight: 'RED' | 'AMBER',
  isComplete: boolean,
  { roles }: Pick<DividedSubjects, 'roles'>,
): Verdict {
  if (roles.takenBy === 'NONE' || (found === 0 && !isComplete))
    return { colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: null };
  return { colour: found === 0 ? 'GREEN' : weight, certainty: 'CONFIRMED', unitsNeeded: null };
}

export function populationOf({ subjects, clusters }: DividedSubjects, method: string) {
  return { imageCount: subjects.imageCount, unitCount: clusters.unitCount, method };
}

/** The first of these groups by name, with their images in each part where they stand. */
export function listedGroups(
  field: string,
  shared: readonly number[],
  { groupOf, names }: { groupOf: Int32Array; names: readonly string[] },
  divided: DividedSubjects,
): SharedGroup[] {
  const listed = shared.slice(0, LONGEST_LIST);
  const counts = imagesByPart(groupOf, listed, divided);
  const basis = populationOf(divided, 'images');
  return listed.map((group, index) => ({
    value: names[group]!,
    parts: divided.roles.names.flatMap((part, place) => {
      const [images] = hideSmallCounts([counts[index]![place]!], basis, false);
      return counts[index]![place] === 0 ? [] : [{ part, images: images! }];
    }),
    selection: keptWhere(isIn(field, names[group]!)),
  }));
}
