/** Numbers as they arrive, as big-endian doubles; NaN where unknown. */
export class NumberColumn {
  private readonly pages: { readonly bytes: Uint8Array | null; readonly count: number }[] = [];

  /** So many numbers of a page; null: all are unknown. */
  add(bytes: Uint8Array | null, count: number): void {
    this.pages.push({ bytes, count });
  }

  /** In the order of these places. */
  finish(places: Int32Array): Float64Array {
    const arrived = new Float64Array(places.length).fill(Number.NaN);
    let at = 0;
    for (const { bytes, count } of this.pages) {
      if (bytes !== null) {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        for (let place = 0; place < count; place += 1) arrived[at + place] = view.getFloat64(place * 8);
      }
      at += count;
    }
    const numbers = new Float64Array(places.length);
    for (let place = 0; place < places.length; place += 1) numbers[place] = arrived[places[place]!]!;
    return numbers;
  }
}
