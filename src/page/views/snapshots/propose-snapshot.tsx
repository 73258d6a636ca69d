import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { ForeseenRules } from './foreseen.tsx';
import { SNAPSHOT_WORDS } from './snapshot-words.ts';
import type { SnapshotsHeadData } from './snapshots-query.ts';

const WORDS = dictionary(
  {
    title: 'Propose a snapshot',
    verb: (images: string) => `Propose ${counted(images, 'image')}`,
    holds: (images: string, annotations: string, revision: string) =>
      `It would hold ${images} images as of revision ${revision}, with their annotations: at most the ${annotations} that the dataset has now.`,
    out: (excluded: string) => `${excluded} images are excluded and stay out, with theirs.`,
    nothing: 'Nothing is published by proposing: it is made, checked and shown to others.',
    message: 'What the reviewers should know',
    splits: 'Splits to carry',
    noSplits: 'No split is frozen; freeze one to carry it.',
    older: (revision: string) => `of revision ${revision}; images that came later are in no part of it`,
    leaks: 'leaks',
    consensuses: 'Consensuses to carry',
    noConsensuses: 'No consensus was made of the current revision.',
    items: (items: string) => `${items} items`,
    tagHint: 'Optional; a tag never moves.',
    parentHint: 'The snapshot that this one succeeds; part of the content.',
  },
  {
    title: 'Proposer un instantané',
    verb: (images: string) => `Proposer ${counted(images, 'image')}`,
    holds: (images: string, annotations: string, revision: string) =>
      `Il contiendrait ${images} images à la révision ${revision}, avec leurs annotations : au plus les ${annotations} que le jeu a maintenant.`,
    out: (excluded: string) => `${excluded} images sont exclues et restent dehors, avec les leurs.`,
    nothing: 'Proposer ne publie rien : c’est fait, vérifié et montré aux autres.',
    message: 'Ce que les relecteurs doivent savoir',
    splits: 'Partitions à emporter',
    noSplits: 'Aucune partition n’est gelée ; gelez-en une pour l’emporter.',
    older: (revision: string) =>
      `de la révision ${revision} ; les images venues après n’y figurent dans aucune partie`,
    leaks: 'fuit',
    consensuses: 'Consensus à emporter',
    noConsensuses: 'Aucun consensus n’a été fait de la révision actuelle.',
    items: (items: string) => `${items} éléments`,
    tagHint: 'Facultative ; une étiquette ne bouge jamais.',
    parentHint: 'L’instantané auquel celui-ci succède ; fait partie du contenu.',
  },
);

const Propose = graphql(
  `
    mutation ProposeSnapshot($input: ProposeSnapshotInput!) {
      proposeSnapshot(input: $input) {
        __typename
        ... on SnapshotProposal { id }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

interface ProposeSnapshotProps {
  dataset: string;
  head: SnapshotsHeadData;
  isOpen: boolean;
  close(): void;
}

export function ProposeSnapshot({ dataset, head, isOpen, close }: ProposeSnapshotProps) {
  const words = { ...useWords(SNAPSHOT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  const { route } = useLocation();
  const act = useAct(Propose);
  const [message, setMessage] = useState('');
  const [splits, setSplits] = useState<readonly string[]>([]);
  const [consensuses, setConsensuses] = useState<readonly string[]>([]);
  const [tag, setTag] = useState('');
  const [parent, setParent] = useState('');
  const frozen = head.splits.nodes.filter(({ state }) => state === 'FROZEN');
  const current = head.consensuses.nodes.filter(({ revision }) => revision === head.revision);
  const submit = async () => {
    const input = { dataset, message, splits, consensuses, tag: tag || null, parent: parent || null };
    const made = await act.run({
      input: { ...input, splits: [...splits], consensuses: [...consensuses] },
    });
    if (made) route(`/page/datasets/${dataset}/proposals/${made.id}`);
  };
  return (
    <Confirm
      title={words.title}
      verb={words.verb(format.whole(head.imageCounts.kept))}
      isOpen={isOpen}
      isRunning={act.isRunning}
      refusal={act.refusal}
      onConfirm={submit}
      onCancel={() => {
        act.forget();
        close();
      }}
    >
      <p>
        {words.holds(
          format.whole(head.imageCounts.kept),
          format.whole(head.annotationCount),
          format.whole(head.revision),
        )}{' '}
        {words.out(format.whole(head.imageCounts.excluded))} {words.nothing}
      </p>
      <label>
        <span>{words.message}</span>
        <textarea value={message} required onInput={(event) => setMessage(event.currentTarget.value)} />
      </label>
      <Choices
        legend={words.splits}
        none={words.noSplits}
        chosen={splits}
        choose={setSplits}
        choices={frozen.map(({ name, revision, certificate }) => ({
          value: name,
          label: name,
          note: [
            revision < head.revision && words.older(format.whole(revision)),
            certificate.leaks && `✖ ${words.leaks}`,
          ]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
      <Choices
        legend={words.consensuses}
        none={words.noConsensuses}
        chosen={consensuses}
        choose={setConsensuses}
        choices={current.map(({ id, name, method, itemCount }) => ({
          value: id,
          label: name,
          note: `${method} · ${words.items(format.whole(itemCount))}`,
        }))}
      />
      <label>
        <span>{words.tag}</span>
        <input value={tag} autocomplete="off" onInput={(event) => setTag(event.currentTarget.value)} />
        <small>{words.tagHint}</small>
      </label>
      <label>
        <span>{words.parent}</span>
        <select value={parent} onChange={(event) => setParent(event.currentTarget.value)}>
          <option value="">{words.none}</option>
          {head.snapshots.nodes.map(({ digest, tags }) => (
            <option key={digest} value={digest}>
              {[...tags, `${digest.slice(0, 19)}…`].join(' · ')}
            </option>
          ))}
        </select>
        <small>{words.parentHint}</small>
      </label>
      <ForeseenRules head={head} splits={splits} />
    </Confirm>
  );
}

interface ChoicesProps {
  legend: string;
  none: string;
  choices: readonly { readonly value: string; readonly label: string; readonly note: string }[];
  chosen: readonly string[];
  choose(chosen: readonly string[]): void;
}

function Choices({ legend, none, choices, chosen, choose }: ChoicesProps) {
  const set = (value: string, isChosen: boolean) =>
    choose(isChosen ? [...chosen, value] : chosen.filter((held) => held !== value));
  return (
    <fieldset>
      <legend>{legend}</legend>
      {choices.length === 0 && <p class="none">{none}</p>}
      {choices.map(({ value, label, note }) => (
        <label class="choice" key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) => set(value, event.currentTarget.checked)}
          />
          {label} <small>{note}</small>
        </label>
      ))}
    </fieldset>
  );
}
