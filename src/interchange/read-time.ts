/** ISO 8601 and RFC 3339; EXIF writes the date with colons (CIPA DC-008 §4.6.5, DateTimeOriginal). */
const DATE = /^([0-9]{4})([-:])([0-9]{2})\2([0-9]{2})$/;
const CLOCK =
  /^([01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?(Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?$/i;

/** Whether a text is a calendar date, alone or with a time of day and perhaps a zone. */
export function isTime(text: string): boolean {
  return parse(text) !== null;
}

/** RFC 3339 in UTC, whole seconds unless the source is finer; null where the text is no time or states no zone. */
export function readInstant(text: string): string | null {
  const time = parse(text);
  if (time === null || time.zone === null) return null;
  const zone = time.zone.toUpperCase().replace(/^([+-]..)(..)$/, '$1:$2');
  const clock = time.clock.length === 5 ? `${time.clock}:00` : time.clock;
  const fraction = (/\.([0-9]*[1-9])/.exec(clock) ?? ['', ''])[1];
  const instant = new Date(`${time.date}T${clock.slice(0, 8)}${zone}`);
  const whole = instant.toISOString().slice(0, 19);
  if (!/^[0-9]{4}-/.test(whole)) return null;
  return fraction === '' ? `${whole}Z` : `${whole}.${fraction}Z`;
}

function parse(text: string): { date: string; clock: string; zone: string | null } | null {
  const [, year, , month, day] = DATE.exec(text.slice(0, 10)) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const isCalendarDay =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (!isCalendarDay) return null;
  const date = `${year}-${month}-${day}`;
  if (text.length === 10) return { date, clock: '00:00:00', zone: null };
  if (!/[T ]/i.test(text.charAt(10))) return null;
  const clock = CLOCK.exec(text.slice(11));
  if (clock === null) return null;
  const zone = clock[2] ?? null;
  return { date, clock: text.slice(11, zone === null ? undefined : text.length - zone.length), zone };
}
