interface TypedArray {
  readonly length: number;
  set(values: ArrayLike<number>, offset: number): void;
}

/** Typed arrays one after another. */
export function joined<T extends TypedArray>(type: new (length: number) => T, chunks: readonly T[]): T {
  const whole = new type(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk as unknown as ArrayLike<number>, at);
    at += chunk.length;
  }
  return whole;
}
