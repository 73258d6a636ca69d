import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';
import type { ComparedParts } from '../../statistics/random-assignment-null.ts';
import { BUCKET_COUNT, unitBucket } from '../../statistics/unit-bucket.ts';
import type { ReportInput } from '../report-input.ts';
import type { Subjects } from '../subjects/subjects.ts';
import { type SplitRoles, splitRoles } from './split-roles.ts';

/** Parts that are compared, of which the first is scored by what the others taught. */
export interface Exam extends ComparedParts {
  readonly name: string;
  readonly kind: 'TEST' | 'VALIDATION' | 'FOLD';
}

/** The images of a split with their parts. */
export interface DividedSubjects {
  readonly subjects: Subjects;
  readonly roles: SplitRoles;
  /** Of each image its part, a place in the names of the roles. */
  readonly parts: CodedVariable;
  readonly imagesOfPart: readonly number[];
  /** The field whose groups may not stand in two parts. */
  readonly group: string;
  /** The images in those groups, which intervals and random assignments rest on; unknown ones are groups of their own. */
  readonly clusters: UnitStructure;
  /** None of one part, and of more than 20 parts, such as one for each group: these have no balance to speak of. */
  readonly exams: readonly Exam[];
}

const MOST_PARTS = 20;

export function divideSubjects({ request, subjects, facts }: ReportInput): DividedSubjects {
  const own = subjects.parts ?? { codes: new Int16Array(subjects.imageCount), levels: 0, names: [] };
  const names = facts.parts?.names ?? own.names;
  const roles = splitRoles(names, facts.parts?.areFolds ?? false);
  const place = own.names.map((name) => names.indexOf(name));
  const codes = own.codes.map((code) => place[code]!);
  const imagesOfPart = new Array<number>(names.length).fill(0);
  for (const code of codes) imagesOfPart[code] = imagesOfPart[code]! + 1;
  const group = request.group ?? 'unit';
  return {
    subjects,
    roles,
    parts: { codes, levels: names.length },
    imagesOfPart,
    group,
    clusters: clustersOf(subjects, group),
    exams: names.length > MOST_PARTS ? [] : examsOf(roles),
  };
}

/** Test against train, validation against train; or each fold against all others. */
function examsOf({ names, train, validation, test, takenBy }: SplitRoles): Exam[] {
  if (takenBy === 'FOLDS')
    return names.map((name, fold) => ({
      name,
      kind: 'FOLD',
      of: [fold],
      against: names.flatMap((_, other) => (other === fold ? [] : [other])),
    }));
  if (train === null || test === null) return [];
  const exam = (kind: Exam['kind'], part: number): Exam => ({
    name: names[part]!,
    kind,
    of: [part],
    against: [train],
  });
  return [exam('TEST', test), ...(validation === null ? [] : [exam('VALIDATION', validation)])];
}

function clustersOf({ units, groupKeys, imageCount }: Subjects, group: string): UnitStructure {
  const key = groupKeys.find(({ name }) => name === group);
  if (group === 'unit' || key === undefined) return units;
  const place = new Int32Array(key.names.length).fill(-1);
  for (const code of key.groupOf) if (code >= 0) place[code] = 0;
  const present = [...place.keys()].filter((code) => place[code] === 0);
  present.forEach((code, index) => {
    place[code] = index;
  });
  const buckets = present.map((code) => unitBucket(key.names[code]!));
  const unitOf = new Int32Array(imageCount);
  for (let image = 0; image < imageCount; image += 1) {
    const code = key.groupOf[image]!;
    unitOf[image] = code < 0 ? buckets.push(units.bucketOf[units.unitOf[image]!]!) - 1 : place[code]!;
  }
  const few = buckets.length < BUCKET_COUNT;
  return {
    unitOf,
    bucketOf: Uint8Array.from(buckets, (bucket, cluster) => (few ? cluster : bucket)),
    unitCount: buckets.length,
    bucketCount: Math.min(BUCKET_COUNT, Math.max(1, buckets.length)),
  };
}
