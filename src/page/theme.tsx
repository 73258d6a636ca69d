import { useEffect, useState } from 'preact/hooks';
import { dictionary, useWords } from './language.tsx';

const KEY = 'holotype.theme';
const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const WORDS = dictionary(
  { theme: 'Theme', system: 'As the system', light: 'Light', dark: 'Dark' },
  { theme: 'Thème', system: 'Comme le système', light: 'Clair', dark: 'Sombre' },
);

/** Light, dark, or what the system asks for: `color-scheme` does the rest (style/colours.css). */
export function ThemeChoice() {
  const words = useWords(WORDS);
  const [theme, choose] = useState<Theme>(() => (localStorage.getItem(KEY) as Theme | null) ?? 'system');
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(KEY, theme);
  }, [theme]);
  return (
    <label class="choice">
      <span>{words.theme}</span>
      <select value={theme} onChange={(event) => choose(event.currentTarget.value as Theme)}>
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {words[name]}
          </option>
        ))}
      </select>
    </label>
  );
}
