import { joined } from './joined.ts';
import { TextCodes } from './text-codes.ts';

/** A finished text column: codes in the order of the names, −1 where unknown. */
export interface CodedText {
  readonly codes: Int32Array;
  readonly names: readonly string[];
  /** The code of the name that came first, second, … */
  readonly codeOfArrival: Int32Array;
}

/** Ends every text but the last of a page's column; no text of PostgreSQL holds it. */
const SEPARATOR = 0;
/** Alone between two separators: unknown. No byte of UTF-8. */
const UNKNOWN = 0xff;

/** A text column, coded as its pages arrive. Beyond `most` distinct names the column is given up. */
export class TextPages {
  overflown = false;
  private texts = new TextCodes();
  private readonly chunks: Int32Array[] = [];
  private readonly most: number;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.most = most;
  }

  /** So many texts of a page; null: all are unknown. `onNew` hears at which place a name was seen for the first time. */
  add(page: Uint8Array | null, count: number, onNew?: (place: number) => void): void {
    if (this.overflown || count === 0) return;
    const codes = new Int32Array(count).fill(-1);
    this.chunks.push(codes);
    if (page === null) return;
    const { texts } = this;
    eachText(page, (start, end, place) => {
      if (end - start === 1 && page[start] === UNKNOWN) return;
      const known = texts.size;
      codes[place] = texts.code(page, start, end);
      if (texts.size > known) onNew?.(place);
    });
    this.giveUpBeyondMost();
  }

  /** The same of texts that are parts of others: `numbered` are their numbers in `texts`. */
  adopt(texts: TextCodes, numbered: readonly Int32Array[]): this {
    this.texts = texts;
    this.chunks.push(...numbered);
    this.giveUpBeyondMost();
    return this;
  }

  /** In the order of these places. */
  finish(places: Int32Array): CodedText {
    const { names, codeOfArrival } = this.texts.named();
    const arrived = joined(Int32Array, this.chunks);
    const codes = new Int32Array(places.length);
    for (let at = 0; at < places.length; at += 1) {
      const arrival = arrived[places[at]!]!;
      codes[at] = arrival < 0 ? -1 : codeOfArrival[arrival]!;
    }
    return { codes, names, codeOfArrival };
  }

  private giveUpBeyondMost(): void {
    if (this.texts.size <= this.most) return;
    this.overflown = true;
    this.texts = new TextCodes();
    this.chunks.length = 0;
  }
}

/** Calls with the limits of each text of a page's column. */
export function eachText(page: Uint8Array, of: (start: number, end: number, place: number) => void): void {
  let start = 0;
  let place = 0;
  for (let at = 0; at < page.length; at += 1) {
    if (page[at] !== SEPARATOR) continue;
    of(start, at, place);
    start = at + 1;
    place += 1;
  }
  of(start, page.length, place);
}
