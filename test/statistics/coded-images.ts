import fc from 'fast-check';
import type { CodedClasses } from '../../src/statistics/coded-classes.ts';
import type { CodedVariable, UnitStructure } from '../../src/statistics/coded-variable.ts';

/** A coded variable from its codes; as many levels as the largest code asks for, unless said. */
export function coded(codes: readonly number[], levels = Math.max(0, ...codes) + 1): CodedVariable {
  return { codes: Int16Array.from(codes), levels };
}

/** The label of each image as its only class. */
export function oneClassEach({ codes, levels }: CodedVariable): CodedClasses {
  const offsets = new Int32Array(codes.length + 1);
  codes.forEach((code, image) => {
    offsets[image + 1] = offsets[image]! + (code < 0 ? 0 : 1);
  });
  return { offsets, codes: codes.filter((code) => code >= 0), levels };
}

/** Images in the units given; unit u in bucket u mod 50. */
export function inUnits(unitOf: readonly number[]): UnitStructure {
  const unitCount = Math.max(-1, ...unitOf) + 1;
  const bucketOf = Uint8Array.from({ length: unitCount }, (_, unit) => unit % 50);
  return { unitOf: Int32Array.from(unitOf), bucketOf, unitCount, bucketCount: Math.min(50, unitCount) };
}

/** Every image its own unit. */
export function alone(images: number): UnitStructure {
  return inUnits(Array.from({ length: images }, (_, image) => image));
}

/** One image for each count of a table: its row, its column. */
export function imagesOf(table: readonly (readonly number[])[]): { rows: number[]; columns: number[] } {
  const images = table.flatMap((counts, row) =>
    counts.flatMap((count, column) => Array.from({ length: count }, () => ({ row, column }))),
  );
  return { rows: images.map(({ row }) => row), columns: images.map(({ column }) => column) };
}

/** Images of several units with a label and two attributes, some of them not known. */
export const columns = fc
  .array(
    fc.record({
      unit: fc.nat(14),
      label: fc.integer({ min: -1, max: 2 }),
      first: fc.integer({ min: -1, max: 3 }),
      second: fc.integer({ min: -1, max: 2 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((images) => ({
    images,
    units: { ...inUnits(images.map(({ unit }) => unit)) },
    label: coded(
      images.map(({ label }) => label),
      3,
    ),
    first: coded(
      images.map(({ first }) => first),
      4,
    ),
    second: coded(
      images.map(({ second }) => second),
      3,
    ),
  }));
