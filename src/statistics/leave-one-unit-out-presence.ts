import type { CodedClasses } from './coded-classes.ts';
import type { UnitStructure } from './coded-variable.ts';
import { bucketsOf } from './cross-tabulate.ts';
import type { BucketedTable } from './jackknife.ts';
import type { Strata } from './leave-one-unit-out-guesses.ts';
import {
  BASES,
  CLASSES,
  HITS,
  IN_SAMPLE_BASES,
  IN_SAMPLE_HITS,
  IN_SAMPLE_SHARES,
  type LeaveOneUnitOut,
  leftOutFigures,
  SHARES,
} from './left-out-figures.ts';
import { type UnitStrata, unitStrata } from './unit-strata.ts';

const WIDTH = CLASSES + 2;

/**
 * `leaveOneUnitOut` of the presence or absence of every class, where an image may show several: the images of a unit in one
 * stratum are guessed together. The images come in unit order (`inUnitOrder`); one that shows no class is left out.
 */
export function leaveOneUnitOutPresence(
  strata: Strata,
  classes: CodedClasses,
  units: UnitStructure,
): LeaveOneUnitOut[] {
  const { offsets } = classes;
  const cells = unitStrata(strata, units, (image) => offsets[image] === offsets[image + 1]);
  const shownIn = shownCells(cells, classes);
  const sizes = sumsOf(cells, strata.levels, cells.images);
  const levels = sizes.filter((size) => size > 0).length;
  const shown = new Int32Array(cells.cellCount);
  return Array.from({ length: classes.levels }, (_, code) => {
    const own = shownIn.cells.subarray(shownIn.starts[code], shownIn.starts[code + 1]);
    for (const cell of own) shown[cell]! += 1;
    const table = presenceSums(cells, sizes, shown, units);
    for (const cell of own) shown[cell] = 0;
    return leftOutFigures(table, levels);
  });
}

/** The cells of the images that show each class, one entry an image: those of class c from `starts[c]`. */
function shownCells({ cellOf }: UnitStrata, { offsets, codes, levels }: CodedClasses) {
  const starts = new Int32Array(levels + 1);
  const visit = (meet: (code: number, cell: number) => void) => {
    for (let image = 0; image < cellOf.length; image += 1)
      if (cellOf[image]! >= 0)
        for (let at = offsets[image]!; at < offsets[image + 1]!; at += 1) meet(codes[at]!, cellOf[image]!);
  };
  visit((code) => {
    starts[code + 1]! += 1;
  });
  for (let code = 0; code < levels; code += 1) starts[code + 1]! += starts[code]!;
  const next = starts.slice();
  const cells = new Int32Array(starts[levels]!);
  visit((code, cell) => {
    cells[next[code]!] = cell;
    next[code]! += 1;
  });
  return { starts, cells };
}

function sumsOf({ stratum }: UnitStrata, levels: number, counts: Int32Array): Float64Array {
  const sums = new Float64Array(levels);
  for (let cell = 0; cell < stratum.length; cell += 1) sums[stratum[cell]!]! += counts[cell]!;
  return sums;
}

/** Sums of the guesses of one class; `sizes`: images of each stratum, `shown`: of each cell those that show the class. */
function presenceSums(
  cells: UnitStrata,
  sizes: Float64Array,
  shown: Int32Array,
  { bucketOf, bucketCount }: UnitStructure,
): BucketedTable {
  const { unit, stratum, images, cellCount } = cells;
  const present = sumsOf(cells, sizes.length, shown);
  const all = sizes.reduce((total, size) => total + size, 0);
  const allPresent = present.reduce((total, count) => total + count, 0);
  const sums = new Float64Array(WIDTH * bucketCount);
  const shares = new Float64Array(sizes.length);
  let [bases, unitCount] = [0, 0];
  for (let from = 0, to = 0; from < cellCount; from = to) {
    const own = unit[from]!;
    const place = bucketOf[own]! * WIDTH;
    let [ownImages, ownShown] = [0, 0];
    for (to = from; to < cellCount && unit[to] === own; to += 1) {
      ownImages += images[to]!;
      ownShown += shown[to]!;
    }
    unitCount += 1;
    const rest = all - ownImages;
    const basePresent = rest > 0 ? (allPresent - ownShown) / rest : 0;
    const baseAbsent = rest > 0 ? 1 - basePresent : 0;
    for (let cell = from; cell < to; cell += 1) {
      const [with_, without] = [shown[cell]!, images[cell]! - shown[cell]!];
      const left = sizes[stratum[cell]!]! - images[cell]!;
      const leftPresent = present[stratum[cell]!]! - with_;
      const leaning = left > 0 ? 2 * leftPresent - left : allPresent > all - allPresent ? 1 : -1;
      const sharePresent = left > 0 ? leftPresent / left : basePresent;
      const shareAbsent = left > 0 ? 1 - sharePresent : baseAbsent;
      const share = with_ * sharePresent + without * shareAbsent;
      const base = with_ * basePresent + without * baseAbsent;
      if (leaning !== 0) sums[place + HITS]! += leaning > 0 ? with_ : without;
      sums[place + SHARES]! += 2 * share;
      sums[place + BASES]! += 2 * base;
      sums[place + CLASSES]! += without;
      sums[place + CLASSES + 1]! += with_;
      shares[stratum[cell]!]! += share;
      bases += base;
    }
  }
  for (let level = 0; level < shares.length; level += 1)
    if (sizes[level]! > 0) shares[level]! /= sizes[level]!;
  addInSample(sums, cells, { sizes, present, shown }, { shares, base: bases / all }, bucketOf);
  return { ...bucketsOf(sums, WIDTH), imageCount: all, unitCount };
}

/** The in-sample sums, and what is to be taken off 2·h_i (`leaveOneUnitOut`): the means of the shares left out. */
function addInSample(
  sums: Float64Array,
  { unit, stratum, images, cellCount }: UnitStrata,
  counts: { sizes: Float64Array; present: Float64Array; shown: Int32Array },
  means: { shares: Float64Array; base: number },
  bucketOf: Uint8Array,
): void {
  const { sizes, present, shown } = counts;
  const all = sizes.reduce((total, size) => total + size, 0);
  const rate = present.reduce((total, count) => total + count, 0) / all;
  const meanBase = rate ** 2 + (1 - rate) ** 2;
  for (let cell = 0; cell < cellCount; cell += 1) {
    const place = bucketOf[unit[cell]!]! * WIDTH;
    const level = stratum[cell]!;
    const [with_, without] = [shown[cell]!, images[cell]! - shown[cell]!];
    const own = present[level]! / sizes[level]!;
    const mean = own ** 2 + (1 - own) ** 2;
    sums[place + IN_SAMPLE_HITS]! += own > 0.5 ? with_ : without;
    sums[place + SHARES]! -= means.shares[level]! * images[cell]!;
    sums[place + BASES]! -= means.base * images[cell]!;
    sums[place + IN_SAMPLE_SHARES]! += 2 * (with_ * own + without * (1 - own)) - mean * images[cell]!;
    sums[place + IN_SAMPLE_BASES]! += 2 * (with_ * rate + without * (1 - rate)) - meanBase * images[cell]!;
  }
}
