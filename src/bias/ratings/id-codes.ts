const WORDS = 4;
const FIRST_CAPACITY = 1 << 12;

/** Numbers ids of 16 bytes in the order in which they are first seen, in a hash table of plain memory: ids are hashes themselves. */
export class IdCodes {
  count = 0;
  private ids = new Int32Array(FIRST_CAPACITY * WORDS);
  private slots = new Int32Array(FIRST_CAPACITY * 2).fill(-1);

  /** The codes of ids that stand one after the other. */
  codesOf(bytes: Uint8Array): Int32Array {
    const words = new Int32Array(new Uint8Array(bytes).buffer); // a copy: the first byte may stand anywhere
    const codes = new Int32Array(words.length / WORDS);
    for (let place = 0; place < codes.length; place += 1) codes[place] = this.codeOf(words, place * WORDS);
    return codes;
  }

  private codeOf(words: Int32Array, at: number): number {
    const mask = this.slots.length - 1;
    for (let slot = mixed(words, at) & mask; ; slot = (slot + 1) & mask) {
      const code = this.slots[slot]!;
      if (code < 0) return this.added(words, at, slot);
      if (this.isSame(code * WORDS, words, at)) return code;
    }
  }

  private isSame(held: number, words: Int32Array, at: number): boolean {
    return (
      this.ids[held] === words[at] &&
      this.ids[held + 1] === words[at + 1] &&
      this.ids[held + 2] === words[at + 2] &&
      this.ids[held + 3] === words[at + 3]
    );
  }

  private added(words: Int32Array, at: number, slot: number): number {
    const code = this.count;
    this.ids.set(words.subarray(at, at + WORDS), code * WORDS);
    this.slots[slot] = code;
    this.count += 1;
    if (this.count * WORDS === this.ids.length) this.grow();
    return code;
  }

  private grow(): void {
    const ids = new Int32Array(this.ids.length * 2);
    ids.set(this.ids);
    this.ids = ids;
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = this.slots.length - 1;
    for (let code = 0; code < this.count; code += 1) {
      let slot = mixed(ids, code * WORDS) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = code;
    }
  }
}

function mixed(words: Int32Array, at: number): number {
  const all = words[at]! ^ Math.imul(words[at + 1]!, 31) ^ Math.imul(words[at + 2]!, 961) ^ words[at + 3]!;
  return all ^ (all >>> 15);
}
