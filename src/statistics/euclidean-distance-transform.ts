/**
 * The exact distance of each pixel of a grid to the nearest marked one, centre to centre, with pixels `spacing` apart;
 * column-major, pixel (x, y) at x · height + y. Null where nothing is marked. Lower envelopes of parabolas, first along
 * columns and then along rows: linear in the number of pixels. Felzenszwalb & Huttenlocher 2012, Theory of Computing 8:415.
 */
export function euclideanDistanceTransform(
  marked: ArrayLike<number>,
  width: number,
  height: number,
  spacing: { readonly x: number; readonly y: number },
): Float64Array | null {
  const distances = new Float64Array(width * height);
  let any = false;
  for (let pixel = 0; pixel < distances.length; pixel += 1) {
    if (marked[pixel]) any = true;
    else distances[pixel] = Infinity;
  }
  if (!any) return null;
  const line = new Float64Array(Math.max(width, height));
  const centres = new Int32Array(line.length);
  const bounds = new Float64Array(line.length + 1);
  const transform = (start: number, step: number, length: number, unit: number) => {
    for (let place = 0; place < length; place += 1) line[place] = distances[start + place * step]!;
    let parabolas = 0;
    for (let place = 0; place < length; place += 1) {
      const height = line[place]!;
      if (height === Infinity) continue;
      let from = -Infinity;
      while (parabolas > 0) {
        const last = centres[parabolas - 1]!;
        from = (height - line[last]!) / (2 * unit * unit * (place - last)) + (place + last) / 2;
        if (from > bounds[parabolas - 1]!) break;
        parabolas -= 1;
        from = -Infinity;
      }
      centres[parabolas] = place;
      bounds[parabolas] = from;
      parabolas += 1;
    }
    if (parabolas === 0) return;
    let parabola = 0;
    for (let place = 0; place < length; place += 1) {
      while (parabola + 1 < parabolas && bounds[parabola + 1]! < place) parabola += 1;
      const centre = centres[parabola]!;
      distances[start + place * step] = (unit * (place - centre)) ** 2 + line[centre]!;
    }
  };
  for (let x = 0; x < width; x += 1) transform(x * height, 1, height, spacing.y);
  for (let y = 0; y < height; y += 1) transform(y, height, width, spacing.x);
  for (let pixel = 0; pixel < distances.length; pixel += 1) distances[pixel] = Math.sqrt(distances[pixel]!);
  return distances;
}
