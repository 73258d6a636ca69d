import { useState } from 'preact/hooks';
import '../../style/publishing.css';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { ProposalList } from './proposal-list.tsx';
import { ProposeSnapshot } from './propose-snapshot.tsx';
import { SnapshotList } from './snapshot-list.tsx';
import { SnapshotsHead, type SnapshotsHeadData } from './snapshots-query.ts';

const WORDS = dictionary(
  {
    lead: 'A snapshot is the dataset as published: pixels, every rater’s labels, splits and metadata under one digest, for good.',
    propose: 'Propose a snapshot…',
    published: 'Published',
    open: 'Proposals under review',
    ended: 'Proposals that have ended',
    rules: 'Rules of publication',
    noRules: 'None are declared: what is proposed may be published without a review.',
    version: (version: number, who: string) => `Version ${version}, declared by ${who}.`,
  },
  {
    lead: 'Un instantané est le jeu tel que publié : pixels, étiquettes de chaque annotateur, partitions et métadonnées sous une seule empreinte, pour de bon.',
    propose: 'Proposer un instantané…',
    published: 'Publiés',
    open: 'Propositions en relecture',
    ended: 'Propositions closes',
    rules: 'Règles de publication',
    noRules: 'Aucune n’est déclarée : ce qui est proposé peut être publié sans relecture.',
    version: (version: number, who: string) => `Version ${version}, déclarée par ${who}.`,
  },
);

export default function Snapshots({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  const [isProposing, setProposing] = useState(false);
  return (
    <Asked query={SnapshotsHead} variables={{ dataset }}>
      {({ dataset: head }) => (
        <DatasetFrame dataset={dataset} title={head.title}>
          <p class="lead">{words.lead}</p>
          <div class="toolbar">
            <button type="button" onClick={() => setProposing(true)}>
              {words.propose}
            </button>
          </div>
          <ProposeSnapshot
            dataset={dataset}
            head={head}
            isOpen={isProposing}
            close={() => setProposing(false)}
          />
          <h2>{words.published}</h2>
          <SnapshotList dataset={dataset} />
          <h2>{words.open}</h2>
          <ProposalList dataset={dataset} isOpen />
          <Ended dataset={dataset} />
          <Rules rules={head.publicationRules} />
        </DatasetFrame>
      )}
    </Asked>
  );
}

function Ended({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  const [isShown, show] = useState(false);
  return (
    <details onToggle={(event) => show(event.currentTarget.open)}>
      <summary>{words.ended}</summary>
      {isShown && <ProposalList dataset={dataset} isOpen={false} />}
    </details>
  );
}

function Rules({ rules }: { rules: SnapshotsHeadData['publicationRules'] }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <>
      <h2>{words.rules}</h2>
      {!rules || rules.rules.length === 0 ? (
        <p class="none">{words.noRules}</p>
      ) : (
        <>
          <p>{words.version(rules.version, rules.declaredBy ?? '')}</p>
          <ul>
            {rules.rules.map(({ key, meaning, threshold }) => (
              <li key={key}>
                <code>{key}</code>
                {threshold !== null && ` (${format.figure(threshold)})`}: <span lang="en">{meaning}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
