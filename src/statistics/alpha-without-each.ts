import { itemTally } from './item-tally.ts';
import type { ItemsOfSize } from './items-by-size.ts';
import type { RatedColumns } from './rated-columns.ts';

/** Raters × classes are kept in memory. */
const MOST_CELLS = 20_000_000;

/**
 * Nominal α without each rater in turn, of those with a rating beside another's: replicates for `annotatorJackknife`. An item
 * of two ratings that loses one falls away. Null where α cannot be had, or for more than 20 million raters × classes.
 */
export function alphaWithoutEach(
  columns: RatedColumns,
  sizes: readonly ItemsOfSize[],
): (number | null)[] | null {
  const { classCount, raterCount, offsets, classOf, raterOf } = columns;
  if (raterCount * classCount > MOST_CELLS) return null;
  const margins = new Float64Array(classCount);
  const lost = new Float64Array(raterCount * classCount);
  const agreeing = new Float64Array(raterCount);
  const isIn = new Uint8Array(raterCount);
  let whole = 0;
  const before = new Float64Array(raterCount);
  const after = new Float64Array(raterCount);
  const tally = itemTally(columns);
  const { counts, used } = tally;
  for (const { ratings, items } of sizes) {
    if (ratings < 2) continue;
    before.fill(0);
    after.fill(0);
    let pairs = 0;
    for (const item of items) {
      tally.take(item);
      let same = 0;
      for (let place = 0; place < tally.usedCount; place += 1) {
        const n = counts[used[place]!]!;
        same += n * (n - 1);
        margins[used[place]!] = margins[used[place]!]! + n;
      }
      pairs += same;
      for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
        const rater = raterOf[place]!;
        if (rater < 0) continue;
        const own = classOf[place]!;
        isIn[rater] = 1;
        before[rater] = before[rater]! + same;
        after[rater] = after[rater]! + same - 2 * (counts[own]! - 1);
        const start = rater * classCount;
        if (ratings > 2) lost[start + own] = lost[start + own]! + 1;
        else {
          for (let other = 0; other < tally.usedCount; other += 1) {
            const c = used[other]!;
            lost[start + c] = lost[start + c]! + counts[c]!;
          }
        }
      }
    }
    whole += pairs / (ratings - 1);
    for (let rater = 0; rater < raterCount; rater += 1) {
      const kept = ratings > 2 ? after[rater]! / (ratings - 2) : 0;
      agreeing[rater] = agreeing[rater]! + kept - before[rater]! / (ratings - 1);
    }
  }
  const replicates: (number | null)[] = [];
  for (let rater = 0; rater < raterCount; rater += 1) {
    if (isIn[rater] === 0) continue;
    replicates.push(nominalAlpha(margins, lost, rater * classCount, whole + agreeing[rater]!));
  }
  return replicates;
}

/** 1 − (n−1)(n − Σ o_cc)/(n² − Σ n_c²). */
function nominalAlpha(
  margins: Float64Array,
  lost: Float64Array,
  start: number,
  agreeing: number,
): number | null {
  let [pairable, squares] = [0, 0];
  for (let c = 0; c < margins.length; c += 1) {
    const count = margins[c]! - lost[start + c]!;
    pairable += count;
    squares += count * count;
  }
  const expected = pairable * pairable - squares;
  return pairable > 1 && expected > 0 ? 1 - ((pairable - 1) * (pairable - agreeing)) / expected : null;
}
