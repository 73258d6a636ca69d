/**
 * The exact distance of each pixel of a grid to the nearest marked one, centre to centre, with pixels `spacing` apart;
 * column-major, pixel (x, y) at x · height + y. Null where nothing is marked. Two sweeps along each column, then along each row
 * the lower envelope of parabolas: linear in the number of pixels. Felzenszwalb & Huttenlocher 2012, Theory of
 * Computing 8:415.
 */
export function euclideanDistanceTransform(
  marked: ArrayLike<number>,
  width: number,
  height: number,
  spacing: { readonly x: number; readonly y: number },
): Float64Array | null {
  const squares = squaresInColumns(marked, width, height, spacing.y);
  if (squares === null) return null;
  const line = new Float64Array(width);
  const centres = new Int32Array(width);
  const bounds = new Float64Array(width);
  const unit = spacing.x * spacing.x;
  for (let y = 0; y < height; y += 1) {
    let parabolas = 0;
    for (let x = 0, pixel = y; x < width; x += 1, pixel += height) {
      const square = squares[pixel]!;
      if (square === Infinity) continue;
      line[x] = square;
      let from = -Infinity;
      while (parabolas > 0) {
        const last = centres[parabolas - 1]!;
        from = (square - line[last]!) / (2 * unit * (x - last)) + (x + last) / 2;
        if (from > bounds[parabolas - 1]!) break;
        parabolas -= 1;
        from = -Infinity;
      }
      centres[parabolas] = x;
      bounds[parabolas] = from;
      parabolas += 1;
    }
    for (let x = 0, pixel = y, parabola = 0; x < width; x += 1, pixel += height) {
      while (parabola + 1 < parabolas && bounds[parabola + 1]! < x) parabola += 1;
      const centre = centres[parabola]!;
      squares[pixel] = Math.sqrt(unit * (x - centre) * (x - centre) + line[centre]!);
    }
  }
  return squares;
}

/** The squared distance to the nearest marked pixel of the same column, Infinity where it has none. */
function squaresInColumns(
  marked: ArrayLike<number>,
  width: number,
  height: number,
  unit: number,
): Float64Array | null {
  const squares = new Float64Array(width * height);
  let isAnyMarked = false;
  for (let start = 0; start < squares.length; start += height) {
    const end = start + height;
    let last = -Infinity;
    for (let pixel = start; pixel < end; pixel += 1) {
      if (marked[pixel]) last = pixel;
      squares[pixel] = pixel - last;
    }
    if (last === -Infinity) continue;
    isAnyMarked = true;
    last = Infinity;
    for (let pixel = end - 1; pixel >= start; pixel -= 1) {
      if (marked[pixel]) last = pixel;
      const steps = Math.min(squares[pixel]!, last - pixel);
      squares[pixel] = unit * steps * (unit * steps);
    }
  }
  return isAnyMarked ? squares : null;
}
