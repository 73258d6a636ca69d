/**
 * Orders strings by code point, which is the order of their UTF-8 bytes: the same on every machine and in every
 * language. UTF-16 order differs where a surrogate (above U+FFFF) meets a character from U+E000 on.
 */
export function compareText(first: string, second: string): number {
  const length = Math.min(first.length, second.length);
  for (let index = 0; index < length; index++) {
    const one = first.charCodeAt(index);
    const other = second.charCodeAt(index);
    if (one !== other) return rank(one) - rank(other);
  }
  return first.length - second.length;
}

function rank(codeUnit: number): number {
  return codeUnit >= 0xd800 && codeUnit <= 0xdfff ? codeUnit + 0x10000 : codeUnit;
}
