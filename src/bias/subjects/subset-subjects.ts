import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';
import { BUCKET_COUNT } from '../../statistics/unit-bucket.ts';
import type { ImageClasses, Subjects } from './subjects.ts';

/**
 * The images for which `keep` is 1, with the units among them; below 50 units each is a bucket of its own (§0.3).
 * Levels keep their codes and bins their limits, so that parts of one dataset are told by the same names.
 */
export function subsetSubjects(subjects: Subjects, keep: Uint8Array): Subjects {
  const chosen: number[] = [];
  keep.forEach((kept, image) => {
    if (kept === 1) chosen.push(image);
  });
  return chosen.length === subjects.imageCount ? subjects : pickSubjects(subjects, Int32Array.from(chosen));
}

/** The images at these places, in this order. */
export function pickSubjects(subjects: Subjects, places: Int32Array): Subjects {
  const pick = <T extends Int16Array | Int32Array | Uint8Array | Float64Array>(values: T): T => {
    const picked = new (values.constructor as new (length: number) => T)(places.length);
    for (let at = 0; at < places.length; at += 1) picked[at] = values[places[at]!]!;
    return picked;
  };
  const variable = <V extends CodedVariable | null>(of: V): V =>
    of === null ? of : { ...of, codes: pick(of.codes) };
  const { units, unitNames } = subsetUnits(subjects, pick(subjects.units.unitOf));
  return {
    ...subjects,
    imageCount: places.length,
    units,
    unitNames,
    unitKnown: pick(subjects.unitKnown),
    factors: subjects.factors.map((factor) => ({
      ...factor,
      variable: variable(factor.variable),
      numbers: factor.numbers && pick(factor.numbers),
    })),
    classes: subsetClasses(subjects.classes, places),
    measures: subjects.measures.map(({ name, values }) => ({ name, values: pick(values) })),
    days: pick(subjects.days),
    exclusions: {
      stage: variable(subjects.exclusions.stage),
      reason: variable(subjects.exclusions.reason),
      by: variable(subjects.exclusions.by),
    },
    parts: variable(subjects.parts),
    groupKeys: subjects.groupKeys.map((key) => ({ ...key, groupOf: pick(key.groupOf) })),
    identities: subjects.identities && {
      ...subjects.identities,
      ids: Array.from(places, (image) => subjects.identities!.ids[image]!),
      digestOf: pick(subjects.identities.digestOf),
    },
  };
}

function subsetUnits({ units, unitNames }: Subjects, unitOf: Int32Array) {
  const seen = new Uint8Array(units.unitCount);
  for (const unit of unitOf) seen[unit] = 1;
  const kept = [...seen.keys()].filter((unit) => seen[unit] === 1);
  const place = new Int32Array(units.unitCount);
  kept.forEach((unit, index) => {
    place[unit] = index;
  });
  const few = kept.length < BUCKET_COUNT;
  const structure: UnitStructure = {
    unitOf: unitOf.map((unit) => place[unit]!),
    bucketOf: Uint8Array.from(kept, (unit, index) => (few ? index : units.bucketOf[unit]!)),
    unitCount: kept.length,
    bucketCount: Math.min(BUCKET_COUNT, Math.max(1, kept.length)),
  };
  return { units: structure, unitNames: kept.map((unit) => unitNames[unit]!) };
}

function subsetClasses(classes: ImageClasses, places: Int32Array): ImageClasses {
  const offsets = new Int32Array(places.length + 1);
  places.forEach((image, at) => {
    offsets[at + 1] = offsets[at]! + classes.offsets[image + 1]! - classes.offsets[image]!;
  });
  const codes = new Int16Array(offsets.at(-1)!);
  places.forEach((image, at) => {
    codes.set(classes.codes.subarray(classes.offsets[image], classes.offsets[image + 1]), offsets[at]);
  });
  return { ...classes, offsets, codes };
}
