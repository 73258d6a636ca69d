import type { RatedColumns } from '../../src/statistics/rated-columns.ts';

/** Columns of items × raters, a class index or null each; every item its own unit, in buckets 0 … `bucketCount`−1 in turn. */
export function ratedColumns(
  items: readonly (readonly (number | null)[])[],
  { classCount = 5, bucketCount = Math.max(1, items.length) } = {},
): RatedColumns {
  const ratings = items.flatMap((item) =>
    item.flatMap((label, rater) => (label === null ? [] : [{ label, rater }])),
  );
  const offsets = new Int32Array(items.length + 1);
  items.forEach((item, index) => {
    offsets[index + 1] = offsets[index]! + item.filter((label) => label !== null).length;
  });
  return {
    itemCount: items.length,
    offsets,
    classOf: Int16Array.from(ratings, ({ label }) => label),
    raterOf: Int32Array.from(ratings, ({ rater }) => rater),
    votes: new Int32Array(ratings.length).fill(1),
    unitOf: Int32Array.from(items, (_, item) => item),
    bucketOf: Uint8Array.from(items, (_, item) => item % bucketCount),
    unitCount: items.length,
    bucketCount,
    classCount,
    raterCount: Math.max(0, ...items.map((item) => item.length)),
  };
}

/** The same ratings by raters who are only counted, each class once an item. */
export function countedColumns(items: readonly (readonly (number | null)[])[], classCount = 5): RatedColumns {
  const named = ratedColumns(items, { classCount });
  const counted = items.map((item) => {
    const counts = new Map<number, number>();
    for (const label of item) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts];
  });
  const offsets = new Int32Array(items.length + 1);
  counted.forEach((item, index) => {
    offsets[index + 1] = offsets[index]! + item.length;
  });
  const flat = counted.flat();
  return {
    ...named,
    offsets,
    classOf: Int16Array.from(flat, ([label]) => label),
    raterOf: new Int32Array(flat.length).fill(-1),
    votes: Int32Array.from(flat, ([, count]) => count),
    raterCount: 0,
  };
}
