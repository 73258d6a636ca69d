import { useWords } from '../../language.tsx';
import { SPLIT_WORDS } from './split-words.ts';

/** How a split stands, by sign and word as well as by colour. */
export function SplitState({ state }: { state: 'DRAFT' | 'FROZEN' }) {
  const words = useWords(SPLIT_WORDS);
  return <span class="state">{state === 'FROZEN' ? `❄ ${words.FROZEN}` : `✎ ${words.DRAFT}`}</span>;
}

export function LeakMark({ leaks }: { leaks: boolean }) {
  const words = useWords(SPLIT_WORDS);
  return leaks ? (
    <span class="state bad">✖ {words.leaks}</span>
  ) : (
    <span class="state good">✔ {words.tight}</span>
  );
}
