import type { RatedColumns } from './rated-columns.ts';

/** Of each rating, the class that most of the item's other ratings have; −1 where there is none other, or several tie. */
export function majorityOfOthers({
  itemCount,
  offsets,
  classOf,
  votes,
  classCount,
}: Pick<RatedColumns, 'itemCount' | 'offsets' | 'classOf' | 'votes' | 'classCount'>): Int16Array {
  const majority = new Int16Array(classOf.length).fill(-1);
  const counts = new Float64Array(classCount);
  for (let item = 0; item < itemCount; item += 1) {
    const [from, to] = [offsets[item]!, offsets[item + 1]!];
    for (let place = from; place < to; place += 1) counts[classOf[place]!]! += votes[place]!;
    for (let place = from; place < to; place += 1) {
      counts[classOf[place]!]! -= 1;
      majority[place] = largest(counts, classOf, from, to);
      counts[classOf[place]!]! += 1;
    }
    for (let place = from; place < to; place += 1) counts[classOf[place]!] = 0;
  }
  return majority;
}

function largest(counts: Float64Array, classOf: Int16Array, from: number, to: number): number {
  let [best, most, isTied] = [-1, 0, false];
  for (let place = from; place < to; place += 1) {
    const label = classOf[place]!;
    const count = counts[label]!;
    if (label === best || count === 0 || count < most) continue;
    isTied = count === most;
    best = label;
    most = count;
  }
  return isTied ? -1 : best;
}
