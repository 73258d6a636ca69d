import { DomainError } from '../kernel/errors.ts';

/** 64-bit hashes as two columns of 32 bits. */
export interface Bands {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/** Per band (4 of 16 bits), 1 for each value that too many images share. */
export type Crowded = readonly Uint8Array[];

const BANDS = 4;
const VALUES = 65536;
const LARGEST_BUCKET = 5000;
/** Below this many images, comparing each with each is cheaper than sorting them into buckets. */
const FEW = 512;

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Number of differing bits of two 64-bit words, each given as its high and low half. */
export function hammingDistance(high: number, low: number, otherHigh: number, otherLow: number): number {
  return bitCount(high ^ otherHigh) + bitCount(low ^ otherLow);
}

export function bandsOf(hashes: readonly string[]): Bands {
  const high = new Uint32Array(hashes.length);
  const low = new Uint32Array(hashes.length);
  hashes.forEach((hash, index) => {
    if (!/^[0-9a-f]{16}$/.test(hash)) {
      throw new DomainError(
        'BAD_INPUT',
        `"${hash}" is not a difference hash: 16 lower-case hexadecimal digits.`,
      );
    }
    high[index] = Number.parseInt(hash.slice(0, 8), 16);
    low[index] = Number.parseInt(hash.slice(8), 16);
  });
  return { high, low };
}

function band({ high, low }: Bands, index: number, number: number): number {
  const half = number < 2 ? high[index]! : low[index]!;
  return number % 2 === 0 ? half >>> 16 : half & 0xffff;
}

export function crowdedValues(bands: Bands, members: readonly number[]): Crowded {
  return Array.from({ length: BANDS }, (_, number) => {
    const counts = new Uint32Array(VALUES);
    for (const member of members) {
      const value = band(bands, member, number);
      counts[value] = counts[value]! + 1;
    }
    return Uint8Array.from(counts, (count) => (count > LARGEST_BUCKET ? 1 : 0));
  });
}

const powerOfTwoOrZero = (word: number) => (word & (word - 1)) === 0;

/**
 * The first band before `limit` in which two images meet: equal, or one bit apart where `flips`, and not crowded.
 * Each pair is taken in the first band it meets in, so that it is taken once.
 */
export function meetsBefore(
  ...[bands, crowded, flips, a, b, limit]: [Bands, Crowded, boolean, number, number, number]
): boolean {
  for (let number = 0; number < limit; number++) {
    const one = band(bands, a, number);
    const other = band(bands, b, number);
    const near = flips ? powerOfTwoOrZero(one ^ other) : one === other;
    if (near && crowded[number]![one] === 0 && crowded[number]![other] === 0) return true;
  }
  return false;
}

/** Members sorted by their value in one band: the bucket of value v is `order[starts[v] … starts[v + 1])`. */
function buckets(bands: Bands, members: readonly number[], number: number) {
  const starts = new Uint32Array(VALUES + 1);
  for (const member of members) {
    const value = band(bands, member, number);
    starts[value + 1] = starts[value + 1]! + 1;
  }
  for (let value = 0; value < VALUES; value++) starts[value + 1] = starts[value + 1]! + starts[value]!;
  const next = starts.slice();
  const order = new Uint32Array(members.length);
  for (const member of members) {
    const value = band(bands, member, number);
    order[next[value]!] = member;
    next[value] = next[value]! + 1;
  }
  return { starts, order };
}

/**
 * Every pair of members within `maxDistance` that meets in a band. By the pigeonhole principle that is every pair
 * up to distance 3 when bands must be equal, and up to 7 when they may differ in one bit (Manku et al. 2007);
 * crowded values are passed over.
 */
export function bandedPairs(
  bands: Bands,
  members: readonly number[],
  maxDistance: number,
  crowded: Crowded | null,
  add: (a: number, b: number, distance: number) => void,
): void {
  const { high, low } = bands;
  const flips = maxDistance >= BANDS;
  const consider = (a: number, b: number, number: number) => {
    const distance = hammingDistance(high[a]!, low[a]!, high[b]!, low[b]!);
    if (distance > maxDistance) return;
    if (crowded === null || !meetsBefore(bands, crowded, flips, a, b, number)) add(a, b, distance);
  };
  if (crowded === null) {
    members.forEach((a, index) => {
      for (let other = index + 1; other < members.length; other++) consider(a, members[other]!, 0);
    });
    return;
  }
  for (let number = 0; number < BANDS; number++) {
    const { starts, order } = buckets(bands, members, number);
    for (let value = 0; value < VALUES; value++) {
      const end = starts[value + 1]!;
      if (starts[value] === end || crowded[number]![value] === 1) continue;
      for (let index = starts[value]!; index < end; index++) {
        const a = order[index]!;
        for (let other = index + 1; other < end; other++) consider(a, order[other]!, number);
        for (let bit = 1; flips && bit < VALUES; bit <<= 1) {
          const flipped = value ^ bit;
          if (flipped < value || crowded[number]![flipped] === 1) continue;
          for (let other = starts[flipped]!; other < starts[flipped + 1]!; other++)
            consider(a, order[other]!, number);
        }
      }
    }
  }
}

/** The crowded values of a group, or null where it is small enough to compare each member with each. */
export function crowdedInGroup(bands: Bands, members: readonly number[]): Crowded | null {
  return members.length <= FEW ? null : crowdedValues(bands, members);
}

/** Whether an image has a crowded value in any band. */
export function isCrowded(bands: Bands, crowded: Crowded, index: number): boolean {
  return crowded.some((values, number) => values[band(bands, index, number)] === 1);
}
