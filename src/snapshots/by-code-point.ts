/**
 * Orders strings by code point, which is the order of their UTF-8 bytes. UTF-16 order differs from it where a
 * surrogate meets U+E000 to U+FFFF; a locale's order differs from machine to machine.
 */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Lifts the surrogates above the rest of the basic plane, where the code points they stand for belong. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
