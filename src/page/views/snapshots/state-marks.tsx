import { useWords } from '../../language.tsx';
import { SNAPSHOT_WORDS } from './snapshot-words.ts';

/** A sign and a ground for each state; the word beside it says the same. */
const MARKS = {
  PUBLISHED: ['✔', 'good'],
  APPROVED: ['✔', 'good'],
  PASSED: ['✔', 'good'],
  APPROVE: ['✔', 'good'],
  PROPOSED: ['…', ''],
  AWAITED: ['…', ''],
  WITHDRAWN: ['↩', ''],
  DEPRECATED: ['▲', 'doubt'],
  NOT_ESTIMABLE: ['?', 'doubt'],
  WAIVED: ['✎', 'doubt'],
  DEGRADED: ['✖', 'bad'],
  REJECTED: ['✖', 'bad'],
  REJECT: ['✖', 'bad'],
  FAILED: ['✖', 'bad'],
} as const;

export function StateMark({ state }: { state: keyof typeof MARKS }) {
  const words = useWords(SNAPSHOT_WORDS);
  const [sign, ground] = MARKS[state];
  return (
    <span class={`state ${ground}`}>
      <span aria-hidden="true">{sign}</span> {words[state]}
    </span>
  );
}
