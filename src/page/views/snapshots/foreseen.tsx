import { dictionary, useWords } from '../../language.tsx';
import { foresee } from './foreseen-rules.ts';
import type { SnapshotsHeadData } from './snapshots-query.ts';

const WORDS = dictionary(
  {
    title: 'The rules, as far as they can be told now',
    none: 'No rule is declared: once it is made it can be published.',
    FAILED: '✖ would not be met:',
    AWAITED: '… awaits others:',
    LATER: '? is checked when it is proposed:',
    PASSED: '✔ met:',
  },
  {
    title: 'Les règles, pour autant qu’on le sache déjà',
    none: 'Aucune règle n’est déclarée : une fois fait, il peut être publié.',
    FAILED: '✖ ne serait pas respectée :',
    AWAITED: '… attend d’autres personnes :',
    LATER: '? sera vérifiée à la proposition :',
    PASSED: '✔ respectée :',
  },
);

const ORDER = ['FAILED', 'AWAITED', 'LATER', 'PASSED'] as const;

/** What a proposal would meet, before it is made: those that would fail stand first. */
export function ForeseenRules({ head, splits }: { head: SnapshotsHeadData; splits: readonly string[] }) {
  const words = useWords(WORDS);
  const rules = head.publicationRules?.rules ?? [];
  if (rules.length === 0) return <p>{words.none}</p>;
  const foreseen = rules.map((rule) => ({ rule, outcome: foresee(rule, head, splits) }));
  return (
    <section aria-label={words.title} aria-live="polite">
      <h3>{words.title}</h3>
      <ul>
        {ORDER.flatMap((outcome) =>
          foreseen
            .filter((held) => held.outcome === outcome)
            .map(({ rule: { key, meaning } }) => (
              <li key={key}>
                {words[outcome]} <code>{key}</code> <small lang="en">{meaning}</small>
              </li>
            )),
        )}
      </ul>
    </section>
  );
}
