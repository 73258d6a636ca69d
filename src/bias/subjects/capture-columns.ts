import { NO_DAY } from './subjects.ts';
import { TextCodes } from './text-codes.ts';
import { eachText, TextPages } from './text-pages.ts';

const DAY = 86_400_000;
/** What stands at each place of a date and an hour, a digit where it says 0. */
const DATE = Uint8Array.from('0000-00-00', (character) => character.charCodeAt(0));
const HOUR = Uint8Array.from('T00', (character) => character.charCodeAt(0));

/** The day and the hour of the capture as recorded, read off ISO 8601 text. */
export class CaptureColumns {
  private readonly dateTexts = new TextCodes();
  private readonly hourTexts = new TextCodes();
  private readonly dates: Int32Array[] = [];
  private readonly hours: Int32Array[] = [];

  add(page: Uint8Array | null, count: number): void {
    const dates = new Int32Array(count).fill(-1);
    const hours = new Int32Array(count).fill(-1);
    this.dates.push(dates);
    this.hours.push(hours);
    if (page === null) return;
    const { dateTexts, hourTexts } = this;
    eachText(page, (start, end, place) => {
      if (!isLike(DATE, page, start, end)) return;
      dates[place] = dateTexts.code(page, start, start + 10);
      if (isLike(HOUR, page, start + 10, end)) hours[place] = hourTexts.code(page, start + 11, start + 13);
    });
  }

  dateColumn = (most?: number) => new TextPages(most).adopt(this.dateTexts, this.dates);
  hourColumn = (most?: number) => new TextPages(most).adopt(this.hourTexts, this.hours);

  /** Days since 1970-01-01, in the order of these places; NO_DAY where unknown. */
  days(places: Int32Array): Int32Array {
    const { codes, names } = this.dateColumn().finish(places);
    const dayOf = names.map((date) => {
      const instant = Date.parse(`${date}T00:00:00Z`);
      return Number.isNaN(instant) ? NO_DAY : Math.floor(instant / DAY);
    });
    return codes.map((code) => (code < 0 ? NO_DAY : dayOf[code]!));
  }
}

function isLike(form: Uint8Array, page: Uint8Array, start: number, end: number): boolean {
  if (end - start < form.length) return false;
  for (let at = 0; at < form.length; at += 1) {
    const byte = page[start + at]!;
    if (form[at] === 0x30 ? byte < 0x30 || byte > 0x39 : byte !== form[at]) return false;
  }
  return true;
}
