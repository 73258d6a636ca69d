import type { Listed } from './methods-facts.ts';

export const METHODS_LANGUAGES = ['EN', 'FR'] as const;
export type MethodsLanguage = (typeof METHODS_LANGUAGES)[number];

/** U+202F, which French puts before ; : % and inside «  ». */
export const NARROW_SPACE = '\u202f';

/** How a language writes numbers, dates, lists and what others said. */
export interface Writing {
  /** At most so many decimals. */
  number(value: number, decimals?: number): string;
  /** With exactly so many decimals. */
  fixed(value: number, decimals: number): string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD` in words. */
  date(iso: string): string;
  list(items: readonly string[]): string;
  /** The values shown, and how many are not. */
  listed(values: Listed, show?: (value: string) => string): string;
  quoted(text: string): string;
  /** The number and its noun. */
  count(value: number, one: string, many: string): string;
  duration(seconds: number): string;
}

const LOCALES: Record<MethodsLanguage, string> = { EN: 'en-GB', FR: 'fr-FR' };
const OTHERS: Record<MethodsLanguage, (count: string, isOne: boolean) => string> = {
  EN: (count, isOne) => `${count} ${isOne ? 'other' : 'others'}`,
  FR: (count, isOne) => `${count} ${isOne ? 'autre' : 'autres'}`,
};
const QUOTES: Record<MethodsLanguage, readonly [string, string]> = {
  EN: ['“', '”'],
  FR: [`«${NARROW_SPACE}`, `${NARROW_SPACE}»`],
};

export function writing(language: MethodsLanguage): Writing {
  const locale = LOCALES[language];
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const format = (value: number, least: number, most: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most })
      .format(value)
      .replace('-', '−');
  const number = (value: number, decimals = 0) => format(value, 0, decimals);
  const list = (items: readonly string[]) => lists.format(items);
  const [open, close] = QUOTES[language];
  const isOne = (value: number) => (language === 'FR' ? value < 2 : value === 1);
  return {
    number,
    list,
    fixed: (value, decimals) => format(value, decimals, decimals),
    date: (iso) => dateText(iso, locale, language),
    listed({ shown, count }, show = (value) => value) {
      const rest = count - shown.length;
      return list([
        ...shown.map(oneLine).map(show),
        ...(rest > 0 ? [OTHERS[language](number(rest), rest === 1)] : []),
      ]);
    },
    quoted: (text) => `${open}${oneLine(text)}${close}`,
    count: (value, one, many) => `${number(value)} ${isOne(value) ? one : many}`,
    duration(seconds) {
      if (seconds < 60) return `${number(seconds, 1)}${NARROW_SPACE}s`;
      if (seconds < 3600) return `${number(seconds / 60, 1)}${NARROW_SPACE}min`;
      return `${number(seconds / 3600, 1)}${NARROW_SPACE}h`;
    },
  };
}

/** A paragraph has no second line, whatever people put into names. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function dateText(iso: string, locale: string, language: MethodsLanguage): string {
  const { length } = iso;
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const parts: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    ...(length > 4 ? { month: 'long' } : {}),
    ...(length > 7 ? { day: 'numeric' } : {}),
    timeZone: 'UTC',
  };
  const text = new Intl.DateTimeFormat(locale, parts).format(time);
  return language === 'FR' ? text.replace(/^1 /, '1er ') : text;
}
