const COLUMNS = 9;
const ROWS = 8;

/**
 * 64-bit difference hash: bit = left < right along each row, row-major, first bit most significant.
 * @param cells 8 rows of 9 grey cells
 * @returns 16 hexadecimal digits
 */
export function differenceHash(cells: ArrayLike<number>): string {
  let hash = '';
  for (let row = 0; row < ROWS; row++) {
    let byte = 0;
    for (let column = 0; column < COLUMNS - 1; column++) {
      const left = cells[row * COLUMNS + column]!;
      const right = cells[row * COLUMNS + column + 1]!;
      byte = (byte << 1) | (left < right ? 1 : 0);
    }
    hash += byte.toString(16).padStart(2, '0');
  }
  return hash;
}
