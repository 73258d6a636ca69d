/**
 * Counts the distinct units of one set of items after the other, without a set of their own: `of` takes items and says how many
 * units they lie in.
 */
export function distinctUnits(unitOf: Int32Array, unitCount: number): (items: Int32Array) => number {
  const seenIn = new Int32Array(unitCount);
  let set = 0;
  return (items) => {
    set += 1;
    let units = 0;
    for (const item of items) {
      const unit = unitOf[item]!;
      if (seenIn[unit] === set) continue;
      seenIn[unit] = set;
      units += 1;
    }
    return units;
  };
}
