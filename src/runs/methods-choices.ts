import { compareText } from '../kernel/compare-text.ts';
import { splitTraits } from '../splits/split-strategy.ts';
import type { Listed, MethodsSplit } from './methods-facts.ts';

const MOST_PARTS = 12;

export function isRecordedWhole(recorded: { readonly images: number }, images: number): boolean {
  return recorded.images === images;
}

/** Parts that are named by groups, such as patients, are counted alone where the images are personal. */
export function namesParts({ counts, strategy }: MethodsSplit, isPersonal: boolean): boolean {
  return counts.length <= MOST_PARTS && !(isPersonal && splitTraits(strategy).parts === 'VALUES');
}

/** What is said of parts that are not named: the smallest and the largest. */
export function manyParts(
  counts: MethodsSplit['counts'],
  say: (least: number, most: number) => string,
): string {
  const images = counts.map((part) => part.images);
  return say(
    images.reduce((least, one) => Math.min(least, one), Number.MAX_SAFE_INTEGER),
    images.reduce((most, one) => Math.max(most, one), 0),
  );
}

const MOST_SEEDS = 20;

/** Seeds that are whole numbers by their size, then the others; the first of them are shown. */
export function orderedSeeds({ shown, count }: Listed): Listed {
  const size = (seed: string) => (/^-?\d{1,15}$/.test(seed) ? Number(seed) : Number.POSITIVE_INFINITY);
  const ordered = [...shown].sort((first, second) => {
    const [one, other] = [size(first), size(second)];
    return one === other ? compareText(first, second) : one - other;
  });
  return { shown: ordered.slice(0, MOST_SEEDS), count };
}
