/**
 * Of each rating, the mean of the others of the same item, whose ratings stand from `offsets[i]` up to `offsets[i + 1]`;
 * NaN, not known, where there is no other or the value itself is not known. Values that are not known (NaN) do not count.
 */
export function leaveOneOutMeans(offsets: Int32Array, values: Float64Array): Float64Array {
  const means = new Float64Array(values.length).fill(Number.NaN);
  for (let item = 0; item + 1 < offsets.length; item += 1) {
    let [known, total] = [0, 0];
    for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
      if (Number.isNaN(values[place]!)) continue;
      known += 1;
      total += values[place]!;
    }
    if (known < 2) continue;
    for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1)
      if (!Number.isNaN(values[place]!)) means[place] = (total - values[place]!) / (known - 1);
  }
  return means;
}
