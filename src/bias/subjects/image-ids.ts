const BYTES = 16;

/** The places of the ids (16 bytes each) in their ascending order: a radix sort, from the last two bytes to the first. */
export function orderOfIds(ids: Uint8Array): Int32Array {
  let order = Int32Array.from({ length: ids.length / BYTES }, (_, image) => image);
  let next = new Int32Array(order.length);
  const digits = new Uint16Array(order.length);
  for (let byte = BYTES - 2; byte >= 0; byte -= 2) {
    const starts = new Int32Array(2 ** 16 + 1);
    for (let image = 0, at = byte; image < digits.length; image += 1, at += BYTES) {
      const digit = ids[at]! * 256 + ids[at + 1]!;
      digits[image] = digit;
      starts[digit + 1] = starts[digit + 1]! + 1;
    }
    for (let digit = 0; digit < 2 ** 16; digit += 1) starts[digit + 1] = starts[digit + 1]! + starts[digit]!;
    for (const image of order) {
      const digit = digits[image]!;
      next[starts[digit]!] = image;
      starts[digit] = starts[digit]! + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Tells at which place of all ids (16 bytes each, no two the same) an id stands. */
export class IdPlaces {
  private readonly words: Int32Array;
  private readonly slots: Int32Array;

  /** `order`: the ids to be told, in this order. */
  constructor(ids: Uint8Array, order: Int32Array) {
    const words = wordsOf(ids);
    this.words = new Int32Array(order.length * 4);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, order.length * 2))));
    const mask = this.slots.length - 1;
    order.forEach((image, place) => {
      for (let word = 0; word < 4; word += 1) this.words[place * 4 + word] = words[image * 4 + word]!;
      let slot = hashOf(words, image * 4) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = place + 1;
    });
  }

  /** The place of each of these ids; −1: of none. */
  find(ids: Uint8Array): Int32Array {
    const { words: held, slots } = this;
    const words = wordsOf(ids);
    const mask = slots.length - 1;
    const places = new Int32Array(words.length / 4);
    for (let id = 0, at = 0; id < places.length; id += 1, at += 4) {
      let slot = hashOf(words, at) & mask;
      let place = slots[slot]! - 1;
      while (place >= 0 && !isSame(held, place * 4, words, at)) {
        slot = (slot + 1) & mask;
        place = slots[slot]! - 1;
      }
      places[id] = place;
    }
    return places;
  }
}

function isSame(held: Int32Array, place: number, words: Int32Array, at: number): boolean {
  return (
    held[place] === words[at] &&
    held[place + 1] === words[at + 1] &&
    held[place + 2] === words[at + 2] &&
    held[place + 3] === words[at + 3]
  );
}

/** A copy, as its first byte may stand anywhere in its buffer. */
const wordsOf = (ids: Uint8Array) => new Int32Array(new Uint8Array(ids).buffer);

function hashOf(words: Int32Array, at: number): number {
  let hash = Math.imul(words[at]! ^ (words[at + 1]! >>> 7), 0x9e3779b1) ^ words[at + 2]!;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ words[at + 3]!;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
