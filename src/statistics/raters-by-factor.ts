import { benjaminiHochberg } from './benjamini-hochberg.ts';
import type { CodedVariable } from './coded-variable.ts';
import { estimate } from './estimate.ts';
import { majorityOfOthers } from './majority-of-others.ts';
import type { RatedColumns } from './rated-columns.ts';
import { type RaterByFactor, raterByFactor } from './rater-by-factor.ts';
import { unitsOfItems } from './units-of-items.ts';

export interface RaterWithFactor extends RaterByFactor {
  readonly rater: number;
  /** Items on which the others have a majority. */
  readonly sharedItems: number;
}

/**
 * `raterByFactor` of every rater against the majority of the others, `factor` being of the items; in the order of raters, those
 * without such an item left out. q of V: Benjamini & Hochberg over raters. Specification §6.3.
 */
export function ratersByFactor(
  columns: RatedColumns,
  factor: CodedVariable,
  random: () => number,
): RaterWithFactor[] {
  const { itemCount, offsets, raterOf, classOf, raterCount } = columns;
  const majority = majorityOfOthers(columns);
  const ratingsOf = Array.from({ length: raterCount }, () => ({
    items: [] as number[],
    agrees: [] as number[],
  }));
  for (let item = 0; item < itemCount; item += 1)
    for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
      if (raterOf[place]! < 0 || majority[place]! < 0) continue;
      const own = ratingsOf[raterOf[place]!]!;
      own.items.push(item);
      own.agrees.push(majority[place] === classOf[place] ? 1 : 0);
    }
  const raters = ratingsOf.flatMap(({ items, agrees }, rater) => {
    if (items.length === 0) return [];
    const codes = Int16Array.from(items, (item) => factor.codes[item]!);
    const units = unitsOfItems(columns, items);
    const found = raterByFactor(units, Int16Array.from(agrees), { codes, levels: factor.levels }, random);
    return [{ rater, sharedItems: items.length, ...found }];
  });
  const q = benjaminiHochberg(raters.map(({ v }) => v.corrected.p));
  return raters.map((rater, index) => {
    const adjusted = q[index] ?? null;
    const { corrected, plain, w } = rater.v;
    return {
      ...rater,
      v: {
        corrected: estimate({ ...corrected, q: adjusted }),
        plain: estimate({ ...plain, q: adjusted }),
        w: estimate({ ...w, q: adjusted }),
      },
    };
  });
}
