import type { Factor, NamedVariable, Subjects } from '../src/bias/subjects/subjects.ts';
import type { CodedVariable, UnitStructure } from '../src/statistics/coded-variable.ts';
import { standardizedShareDifference } from '../src/statistics/standardized-share-difference.ts';
import { type Bias, NO_BIAS } from './bias.ts';
import { clusteredCodes, clusteredValues, clusterImages, LIKE_ITS_UNIT, margin } from './clusters.ts';
import type { Random } from './random.ts';

/** The factors of the world, which is the target declared: shares of their levels. */
export const WORLD = {
  site: { north: 0.4, east: 0.3, south: 0.2, west: 0.1 },
  camera: { one: 1 / 3, two: 1 / 3, three: 1 / 3 },
  background: { field: 0.35, road: 0.3, wood: 0.2, hall: 0.15 },
  operator: { first: 0.25, second: 0.25, third: 0.2, fourth: 0.2, fifth: 0.1 },
} as const;
export const MEASURES = ['mean', 'contrast', 'sharpness', 'noise'] as const;
/** One and the same for all images of a unit. */
const OF_THE_UNIT: ReadonlySet<string> = new Set(['site']);
export const LABELS = { crop: 0.5, weed: 0.3, soil: 0.2 } as const;
const PARTS = { train: 0.7, val: 0.1, test: 0.2 } as const;
const REASONS = { blurred: 0.5, cropped: 0.3, other: 0.2 } as const;

const PEOPLE = { one: 0.5, other: 0.5 } as const;

const IMAGES_A_UNIT = 5;
const MISSING = 0.03;
const DAYS = 730;

/**
 * A dataset of units with five images each, in which nothing has to do with anything: four factors, a label, four quality
 * measures (images of one unit correlate at .5, the site is the unit's), 3 % of each factor missing and 2 % of the images
 * excluded at random, units in parts at random; save for the bias asked for.
 */
export function simulatedDataset(random: Random, unitCount: number, bias: Bias = NO_BIAS): Subjects {
  const units = clusterImages(random, unitCount, () => IMAGES_A_UNIT);
  const n = units.unitOf.length;
  const { label, camera } = labelAndCamera(random, units, bias.association);
  const values = Object.entries(WORLD).map(([name, world]) => {
    const like = OF_THE_UNIT.has(name) ? 1 : LIKE_ITS_UNIT;
    const shares = Object.values<number>(
      name === 'background' ? shifted(world, bias.underrepresentation) : world,
    );
    return { name, whole: name === 'camera' ? camera : clusteredCodes(random, units, shares, like) };
  });
  const wholeOf = (wanted: string) => values.find(({ name }) => name === wanted)!.whole;
  const parts = partsOf(random, units, bias.leak);
  return {
    imageCount: n,
    units,
    unitNames: Array.from({ length: unitCount }, (_, unit) => `unit ${unit}`),
    unitKnown: new Uint8Array(n).fill(1),
    factors: values.map(({ name, whole }): Factor => {
      const lost = name === 'operator' ? bias.missing : MISSING;
      const codes = whole.codes.map((code) => (random.uniform() < lost ? -1 : code));
      const variable = named({ ...whole, codes }, WORLD[name as keyof typeof WORLD]);
      return { name, kind: 'NOMINAL', origin: 'DECLARED', variable, numbers: null };
    }),
    classes: {
      mode: 'SINGLE',
      names: Object.keys(LABELS),
      offsets: Int32Array.from({ length: n + 1 }, (_, image) => image),
      codes: label.codes,
    },
    measures: MEASURES.map((name) => ({
      name,
      values:
        name === 'sharpness' ? blurredBy(random, units, camera, bias.effect) : clusteredValues(random, units),
    })),
    days: captureDays(random, units),
    exclusions: exclusionsOf(random, wholeOf('background'), bias),
    parts: named(parts, PARTS),
    groupKeys: [],
    identities: {
      ids: Array.from({ length: n }, (_, image) => image.toString(16).padStart(32, '0')),
      digestOf: Int32Array.from({ length: n }, (_, image) => image),
      digests: Array.from({ length: n }, (_, image) => image.toString(16).padStart(64, '0')),
    },
  };
}

function named(variable: CodedVariable, levels: Readonly<Record<string, number>>): NamedVariable {
  return { ...variable, names: Object.keys(levels) };
}

/** "wood" at `ratio` of its share, the other levels growing in proportion. */
function shifted(world: Readonly<Record<string, number>>, ratio: number): Record<string, number> {
  const grown = (1 - WORLD.background.wood * ratio) / (1 - WORLD.background.wood);
  return Object.fromEntries(
    Object.entries(world).map(([level, share]) => [level, share * (level === 'wood' ? ratio : grown)]),
  );
}

/** Drawn together, with Cohen's w between them: crop from camera one, weed from camera two. */
function labelAndCamera(random: Random, units: UnitStructure, w: number) {
  const [labels, cameras] = [Object.values<number>(LABELS), Object.values<number>(WORLD.camera)];
  const label = standardized([1, -1, 0], labels);
  const camera = standardized([1, -1, 0], cameras);
  const cells = labels.flatMap((p, i) => cameras.map((q, j) => p * q * (1 + w * label[i]! * camera[j]!)));
  const drawn = clusteredCodes(random, units, cells);
  const sizes = [labels.length, cameras.length];
  return { label: margin(drawn, sizes, 0), camera: margin(drawn, sizes, 1) };
}

/** Scores of mean 0 and variance 1 under the shares. */
function standardized(scores: readonly number[], shares: readonly number[]): number[] {
  const mean = scores.reduce((total, score, level) => total + score * shares[level]!, 0);
  const variance = scores.reduce((total, score, level) => total + (score - mean) ** 2 * shares[level]!, 0);
  return scores.map((score) => (score - mean) / Math.sqrt(variance));
}

/** A measure of which camera explains the share `effect` of the variance between images. */
function blurredBy(
  random: Random,
  units: UnitStructure,
  camera: CodedVariable,
  effect: number,
): Float64Array {
  const shift = standardized([-1, 0, 1], Object.values<number>(WORLD.camera));
  const scale = Math.sqrt(effect / (1 - effect));
  return clusteredValues(random, units).map((value, image) => value + scale * shift[camera.codes[image]!]!);
}

/** A unit is taken in one day. */
function captureDays(random: Random, { unitOf, unitCount }: UnitStructure): Int32Array {
  const days = Int32Array.from({ length: unitCount }, () => 19_000 + random.integer(DAYS));
  return unitOf.map((unit) => days[unit]!);
}

/** Images of "wood" are excluded oftener, by so much that excluded and kept differ by the standardized difference asked for. */
function exclusionsOf(random: Random, background: CodedVariable, { excluded, exclusion }: Bias) {
  const { wood } = WORLD.background;
  const share = shareOfExcluded(wood, excluded, exclusion);
  const [ofWood, ofOthers] = [(excluded * share) / wood, (excluded * (1 - share)) / (1 - wood)];
  const isExcluded = background.codes.map((code) =>
    random.uniform() < (code === 2 ? ofWood : ofOthers) ? 1 : 0,
  );
  const ofExcluded = (levels: Readonly<Record<string, number>>): NamedVariable => {
    const shares = Object.values(levels);
    const codes = isExcluded.map((is) => (is === 1 ? random.pick(shares) : -1));
    return named({ codes, levels: shares.length }, levels);
  };
  return { stage: ofExcluded({ ELIGIBLE: 1 }), reason: ofExcluded(REASONS), by: ofExcluded(PEOPLE) };
}

/** The share of a level among the excluded at which it stands so far from its share among the kept. */
function shareOfExcluded(share: number, excluded: number, difference: number): number {
  let [low, high] = [share, 1];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    const kept = (share - excluded * middle) / (1 - excluded);
    const apart = standardizedShareDifference(middle, kept).value!;
    if (apart < difference) low = middle;
    else high = middle;
  }
  return low;
}

/** Whole units at random; then so many units of test, or their share, give one image to train. */
function partsOf(random: Random, { unitOf, unitCount }: UnitStructure, leak: number): CodedVariable {
  const shares = Object.values<number>(PARTS);
  const partOf = Int16Array.from({ length: unitCount }, () => random.pick(shares));
  const codes = Int16Array.from(unitOf, (unit) => partOf[unit]!);
  const test = [...partOf.keys()].filter((unit) => partOf[unit] === 2);
  const leaking = new Set(test.slice(0, leak < 1 ? Math.ceil(leak * test.length) : leak));
  for (let image = 0; image < codes.length; image += 1) {
    if (image > 0 && unitOf[image] === unitOf[image - 1]) continue;
    if (leaking.has(unitOf[image]!)) codes[image] = 0;
  }
  return { codes, levels: shares.length };
}
