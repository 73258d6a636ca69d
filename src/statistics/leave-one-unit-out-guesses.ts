import type { CodedVariable, UnitStructure } from './coded-variable.ts';

/** A nominal variable with perhaps more levels than a `CodedVariable` can have: a tuple of attributes, say. */
export interface Strata {
  readonly codes: Int16Array | Int32Array;
  readonly levels: number;
}

/** Counts of all images whose stratum and label are known; cell of the table = stratum·classes + class. */
export interface StrataCounts {
  readonly table: Int32Array;
  readonly strata: Int32Array;
  readonly classes: Int32Array;
  readonly imageCount: number;
  readonly unitCount: number;
}

/**
 * `guess` is the class of an image by the other units, −1 for none; `share` is the share of the rest of its stratum that
 * has its class, and `base` the same of the rest of all images.
 */
export type Visit = (image: number, guess: number, share: number, base: number) => void;

/**
 * Visits every image whose stratum and label are known with what the other units say of it: the commonest class of its
 * stratum without its own unit, if there is one alone at the top; the commonest class of all images (the first of equals)
 * where nothing is left of the stratum, and then `share` is `base`. One unit alone: `base` is 0. The images come in unit
 * order (`inUnitOrder`).
 */
export function leaveOneUnitOutGuesses(
  strata: Strata,
  label: CodedVariable,
  { unitOf }: UnitStructure,
  visit: Visit,
): StrataCounts {
  const counts = countStrata(strata, label);
  const { table, strata: inStratum, classes: inClass, imageCount } = counts;
  const { levels, codes: labels } = label;
  const stratumOf = strata.codes;
  const majority = inClass.indexOf(Math.max(...inClass));
  const leaders = leadersOf(table, strata.levels, levels);
  const guesses = new Int32Array(strata.levels);
  const guessedFor = new Int32Array(strata.levels).fill(-1);
  let unitCount = 0;
  for (let from = 0, to = 0; from < unitOf.length; from = to) {
    const unit = unitOf[from]!;
    while (to < unitOf.length && unitOf[to] === unit) to += 1;
    const own = addUnit(counts, stratumOf, label, from, to, -1);
    const rest = imageCount - own;
    if (own > 0) unitCount += 1;
    for (let image = from; image < to; image += 1) {
      const stratum = stratumOf[image]!;
      const code = labels[image]!;
      if (stratum < 0 || code < 0) continue;
      const left = inStratum[stratum]!;
      if (guessedFor[stratum] !== unit) {
        guessedFor[stratum] = unit;
        guesses[stratum] = left === 0 ? majority : guessOf(table, stratum, levels, leaders);
      }
      const base = rest > 0 ? inClass[code]! / rest : 0;
      visit(image, guesses[stratum]!, left > 0 ? table[stratum * levels + code]! / left : base, base);
    }
    addUnit(counts, stratumOf, label, from, to, 1);
  }
  return { ...counts, unitCount };
}

/** Adds the images of one unit to the counts, or takes them off; how many they are. */
function addUnit(
  { table, strata: inStratum, classes: inClass }: Omit<StrataCounts, 'unitCount'>,
  stratumOf: Strata['codes'],
  { codes: labels, levels }: CodedVariable,
  from: number,
  to: number,
  sign: 1 | -1,
): number {
  let known = 0;
  for (let image = from; image < to; image += 1) {
    const stratum = stratumOf[image]!;
    const code = labels[image]!;
    if (stratum < 0 || code < 0) continue;
    table[stratum * levels + code]! += sign;
    inStratum[stratum]! += sign;
    inClass[code]! += sign;
    known += 1;
  }
  return known;
}

function countStrata(strata: Strata, label: CodedVariable): Omit<StrataCounts, 'unitCount'> {
  const table = new Int32Array(strata.levels * label.levels);
  const inStratum = new Int32Array(strata.levels);
  const inClass = new Int32Array(label.levels);
  let imageCount = 0;
  for (let image = 0; image < label.codes.length; image += 1) {
    const stratum = strata.codes[image]!;
    const code = label.codes[image]!;
    if (stratum < 0 || code < 0) continue;
    const cell = stratum * label.levels + code;
    table[cell] = table[cell]! + 1;
    inStratum[stratum] = inStratum[stratum]! + 1;
    inClass[code] = inClass[code]! + 1;
    imageCount += 1;
  }
  return { table, strata: inStratum, classes: inClass, imageCount };
}

/** Of each stratum with all units: its commonest class, and how many images the next one has. */
interface Leaders {
  readonly first: Int32Array;
  readonly next: Int32Array;
}

function leadersOf(table: Int32Array, strata: number, levels: number): Leaders {
  const first = new Int32Array(strata);
  const next = new Int32Array(strata);
  for (let stratum = 0, cell = 0; stratum < strata; stratum += 1) {
    let most = -1;
    for (let label = 0; label < levels; label += 1, cell += 1) {
      const count = table[cell]!;
      if (count > most) {
        next[stratum] = Math.max(0, most);
        most = count;
        first[stratum] = label;
      } else if (count > next[stratum]!) next[stratum] = count;
    }
  }
  return { first, next };
}

/** The class alone at the top, or −1; that of all units where it leads still, for the others have not become more. */
function guessOf(table: Int32Array, stratum: number, levels: number, { first, next }: Leaders): number {
  const leader = first[stratum]!;
  if (table[stratum * levels + leader]! > next[stratum]!) return leader;
  return uniqueMaximum(table, stratum, levels);
}

function uniqueMaximum(table: Int32Array, stratum: number, levels: number): number {
  let most = 0;
  let at = -1;
  for (let label = 0, cell = stratum * levels; label < levels; label += 1, cell += 1) {
    const count = table[cell]!;
    if (count === most) at = -1;
    if (count <= most) continue;
    most = count;
    at = label;
  }
  return at;
}
