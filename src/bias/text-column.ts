import { compareText } from '../kernel/compare-text.ts';

/** A finished text column: codes in the order of the names, −1 where unknown. */
export interface CodedText {
  readonly codes: Int32Array;
  readonly names: readonly string[];
  /** The code of the name that came first, second, … */
  readonly codeOfArrival: Int32Array;
}

/** Codes text as it arrives. Beyond `most` distinct names the column is given up. */
export class TextColumn {
  overflown = false;
  private readonly arrivals = new Map<string, number>();
  private readonly chunks: Int32Array[] = [];
  private readonly most: number;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.most = most;
  }

  /** `json`: an array of strings and nulls. `onNew` hears at which of its places a name was seen for the first time. */
  add(json: string, onNew?: (place: number) => void): void {
    if (!this.overflown) this.addValues(JSON.parse(json), onNew);
  }

  addValues(values: readonly (string | null)[], onNew?: (place: number) => void): void {
    const codes = new Int32Array(values.length);
    values.forEach((value, place) => {
      if (value === null) {
        codes[place] = -1;
        return;
      }
      let code = this.arrivals.get(value);
      if (code === undefined) {
        code = this.arrivals.size;
        this.arrivals.set(value, code);
        onNew?.(place);
      }
      codes[place] = code;
    });
    this.chunks.push(codes);
    if (this.arrivals.size <= this.most) return;
    this.overflown = true;
    this.arrivals.clear();
    this.chunks.length = 0;
  }

  finish(): CodedText {
    const arrived = [...this.arrivals.keys()];
    const order = arrived.map((_, arrival) => arrival).sort((a, b) => compareText(arrived[a]!, arrived[b]!));
    const codeOfArrival = new Int32Array(arrived.length);
    order.forEach((arrival, code) => {
      codeOfArrival[arrival] = code;
    });
    const codes = new Int32Array(this.chunks.reduce((length, chunk) => length + chunk.length, 0));
    let at = 0;
    for (const chunk of this.chunks) {
      for (const arrival of chunk) {
        codes[at] = arrival < 0 ? -1 : codeOfArrival[arrival]!;
        at += 1;
      }
    }
    return { codes, names: order.map((arrival) => arrived[arrival]!), codeOfArrival };
  }
}
