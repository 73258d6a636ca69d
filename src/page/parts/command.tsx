import { useState } from 'preact/hooks';
import { dictionary, useWords } from '../language.tsx';

const WORDS = dictionary(
  { copy: 'Copy', copied: 'Copied', cannot: 'Select it and copy it by hand' },
  { copy: 'Copier', copied: 'Copié', cannot: 'Sélectionnez-le et copiez-le à la main' },
);

/** A command to copy, with what it does. */
export function Command({ title, text }: { title: string; text: string }) {
  const words = useWords(WORDS);
  const [state, setState] = useState<'copied' | 'cannot' | null>(null);
  const copy = () =>
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setState('copied'),
      () => setState('cannot'),
    );
  return (
    <section class="command" aria-label={title}>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard (WCAG 2.1.1). */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <p>
        <button type="button" onClick={copy} aria-label={`${words.copy}: ${title}`}>
          {words.copy}
        </button>{' '}
        <span role="status">{state && words[state]}</span>
      </p>
    </section>
  );
}
