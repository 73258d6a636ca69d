import { compareText } from '../../kernel/compare-text.ts';

/** The names of the codes in the order of their UTF-8 bytes, and the code of the name that came first, second, … */
export interface NamedCodes {
  readonly names: readonly string[];
  readonly codeOfArrival: Int32Array;
}

/** Numbers distinct texts, given as UTF-8 bytes, in the order in which they come; no string is made of one that came before. */
export class TextCodes {
  size = 0;
  private slots = new Int32Array(64);
  private hashes = new Int32Array(32);
  /** Of each text where it ends in `bytes`; the next begins there. */
  private ends = new Int32Array(33);
  private bytes = new Uint8Array(512);

  /** The number of the text from `start` up to `end`. */
  code(text: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text[at]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.slots[slot]! - 1;
      if (code < 0) return this.insert(slot, hash, text.subarray(start, end));
      if (this.hashes[code] === hash && this.isEqual(code, text, start, end)) return code;
    }
  }

  named(): NamedCodes {
    const whole = Buffer.from(this.bytes.buffer);
    const arrived = Array.from({ length: this.size }, (_, code) =>
      whole.toString('utf8', this.ends[code], this.ends[code + 1]),
    );
    const order = arrived.map((_, arrival) => arrival).sort((a, b) => compareText(arrived[a]!, arrived[b]!));
    const codeOfArrival = new Int32Array(this.size);
    order.forEach((arrival, code) => {
      codeOfArrival[arrival] = code;
    });
    return { names: order.map((arrival) => arrived[arrival]!), codeOfArrival };
  }

  private isEqual(code: number, text: Uint8Array, start: number, end: number): boolean {
    const first = this.ends[code]!;
    if (this.ends[code + 1]! - first !== end - start) return false;
    for (let at = start; at < end; at += 1) if (text[at] !== this.bytes[first + at - start]) return false;
    return true;
  }

  private insert(slot: number, hash: number, text: Uint8Array): number {
    const code = this.size;
    const start = this.ends[code]!;
    if (start + text.length > this.bytes.length) this.bytes = grown(this.bytes, start + text.length);
    if (code + 1 >= this.hashes.length) {
      this.hashes = grown(this.hashes, code + 2);
      this.ends = grown(this.ends, code + 3);
    }
    this.bytes.set(text, start);
    this.ends[code + 1] = start + text.length;
    this.hashes[code] = hash;
    this.slots[slot] = code + 1;
    this.size += 1;
    if (this.size * 2 > this.slots.length) this.rehash();
    return code;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 4);
    const mask = this.slots.length - 1;
    for (let code = 0; code < this.size; code += 1) {
      let slot = this.hashes[code]! & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = code + 1;
    }
  }
}

function grown<T extends Uint8Array | Int32Array>(values: T, least: number): T {
  const larger = new (values.constructor as new (length: number) => T)(Math.max(least, values.length * 2));
  larger.set(values);
  return larger;
}
