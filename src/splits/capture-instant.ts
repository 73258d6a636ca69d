/** A recorded time in a form whose text order is its time order; only times of one kind can be compared. */
export interface CaptureInstant {
  readonly kind: 'DATE' | 'LOCAL' | 'ZONED';
  /** `YYYY-MM-DDTHH:MM:SS.ffffff`: in UTC when ZONED, as recorded otherwise. */
  readonly key: string;
}

const ISO =
  /^([12]\d{3})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/;

/**
 * Reads ISO 8601: a date of the years 1000 to 2999, alone or with hours and minutes, seconds, up to six decimals
 * and a zone (`Z` or `±HH:MM`). Null where the text is anything else or the day does not exist.
 */
export function captureInstant(text: string): CaptureInstant | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const milliseconds = Date.parse(`${local}Z`);
  if (Number.isNaN(milliseconds) || isoSeconds(milliseconds) !== local) return null;
  const shifted = isoSeconds(milliseconds - zoneMinutes(zone) * 60_000);
  return {
    kind: match[4] === undefined ? 'DATE' : zone === undefined ? 'LOCAL' : 'ZONED',
    key: `${shifted}.${fraction.padEnd(6, '0')}`,
  };
}

function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19);
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}
