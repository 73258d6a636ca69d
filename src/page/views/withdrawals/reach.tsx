import { useState } from 'preact/hooks';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { SnapshotLink } from '../snapshots/snapshot-list.tsx';
import type { ReachData } from './reach-query.ts';
import { REASON_WORDS, REASONS, type Reason } from './withdrawal-words.ts';

const WORDS = dictionary(
  {
    title: 'What it reaches',
    images: 'Images destroyed',
    annotations: 'Annotations destroyed',
    snapshots: 'Snapshots degraded',
    renderings: 'Forms of these destroyed, to be made again',
    runs: 'Training runs on these, marked as affected',
    consumers: 'Consumers who are told to delete their copies',
    none: 'none',
    final:
      'Nothing brings them back. Copies that others made, and backups, are beyond its reach: whoever fetched is told.',
    reason: 'Reason (a code alone is kept: words on people have no place in a record that stays)',
    choose: 'Choose one',
    IMAGES: (slug: string) => `Type the name of the dataset, ${slug}, to confirm`,
    SUBJECT: (subject: string) => `Type the subject, ${subject}, again to confirm`,
    differs: (expected: string) => `Type exactly: ${expected}`,
  },
  {
    title: 'Ce que cela atteint',
    images: 'Images détruites',
    annotations: 'Annotations détruites',
    snapshots: 'Instantanés dégradés',
    renderings: 'Formes de ceux-ci détruites, à refaire',
    runs: 'Entraînements sur ceux-ci, marqués comme touchés',
    consumers: 'Consommateurs avertis d’effacer leurs copies',
    none: 'aucun',
    final:
      'Rien ne les ramène. Les copies faites par d’autres et les sauvegardes lui échappent : qui les a récupérées est averti.',
    reason:
      'Raison (seul un code est gardé : des mots sur des personnes n’ont pas leur place dans un registre durable)',
    choose: 'Choisissez',
    IMAGES: (slug: string) => `Tapez le nom du jeu, ${slug}, pour confirmer`,
    SUBJECT: (subject: string) => `Retapez le sujet, ${subject}, pour confirmer`,
    differs: (expected: string) => `Tapez exactement : ${expected}`,
  },
);

const COUNTS = ['images', 'annotations', 'renderings', 'trainingRuns', 'consumers'] as const;

interface ReachProps {
  reach: ReachData;
  /** What has to be typed again. */
  retyped: string;
  scope: 'IMAGES' | 'SUBJECT';
  reason: Reason | null;
  choose(reason: Reason): void;
}

export function Reach({ reach, retyped, scope, reason, choose }: ReachProps) {
  const words = { ...useWords(REASON_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const names = { ...words, trainingRuns: words.runs };
  return (
    <>
      <section class="notice danger" aria-label={words.title} role="status">
        <h3>{words.title}</h3>
        <dl class="facts">
          {COUNTS.map((count) => (
            <Count key={count} name={names[count]} value={format.whole(reach[count])} />
          ))}
          <dt>{words.snapshots}</dt>
          <dd>
            {format.whole(reach.snapshots.length)}{' '}
            {reach.snapshots.slice(0, 20).map((digest) => (
              <div key={digest}>
                <SnapshotLink digest={digest} />
              </div>
            ))}
          </dd>
        </dl>
        <p>
          <strong>{words.final}</strong>
        </p>
      </section>
      <label>
        <span>{words.reason}</span>
        <select
          value={reason ?? ''}
          required
          onChange={(event) => choose(event.currentTarget.value as Reason)}
        >
          <option value="">{words.choose}</option>
          {REASONS.map((name) => (
            <option key={name} value={name}>
              {words[name]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{words[scope](retyped)}</span>
        <input
          value={typed}
          required
          autocomplete="off"
          onInput={(event) => {
            const field = event.currentTarget;
            field.setCustomValidity(field.value === retyped ? '' : words.differs(retyped));
            setTyped(field.value);
          }}
        />
      </label>
    </>
  );
}

function Count({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
