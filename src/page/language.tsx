import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';

export const LANGUAGES = { en: 'English', fr: 'Français' } as const;
export type Language = keyof typeof LANGUAGES;

// biome-ignore lint/suspicious/noExplicitAny: a sentence takes whatever stands in it.
type Words = Record<string, string | ((...parts: any[]) => string)>;
type Same<W extends Words> = { [Key in keyof W]: W[Key] extends string ? string : W[Key] };

/** What a view says, in every language: a sentence missing in one does not compile. */
export function dictionary<const W extends Words>(en: W, fr: NoInfer<Same<W>>): Record<Language, Same<W>> {
  return { en, fr } as Record<Language, Same<W>>;
}

const KEY = 'holotype.language';
const Spoken = createContext<{ language: Language; speak(language: Language): void } | null>(null);

function firstLanguage(): Language {
  const chosen = localStorage.getItem(KEY) ?? navigator.language;
  return chosen.startsWith('fr') ? 'fr' : 'en';
}

export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo(
    () => ({
      language,
      speak(chosen: Language) {
        localStorage.setItem(KEY, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <Spoken.Provider value={spoken}>{children}</Spoken.Provider>;
}

export const useLanguage = () => useContext(Spoken)!;

export function useWords<W>(words: Record<Language, W>): W {
  return words[useLanguage().language];
}

/** "1 image", "12 images": a count as formatted, and a noun whose plural takes an s in both languages. */
export const counted = (count: string, noun: string): string => `${count} ${noun}${count === '1' ? '' : 's'}`;

/** Numbers, shares and dates as the reader's language writes them. */
export function useFormat() {
  const { language } = useLanguage();
  return useMemo(() => formats(language), [language]);
}

function formats(language: Language) {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const figure = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  return {
    whole: (count: number) => whole.format(count),
    figure: (value: number) => figure.format(value),
    share: (value: number) => share.format(value),
    moment: (date: string | Date) => moment.format(new Date(date)),
    bytes(size: number) {
      const power = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
      return `${figure.format(size / 1000 ** power)} ${units[power]}`;
    },
  };
}
