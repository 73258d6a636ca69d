import '../../style/publishing.css';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { type ProposalData, ProposalOf } from './proposal-query.ts';
import { Findings, Reviews } from './publication-record.tsx';
import { PublishProposal } from './publish-proposal.tsx';
import { ReviewProposal } from './review-proposal.tsx';
import { SnapshotLink } from './snapshot-list.tsx';
import { headerOf, SNAPSHOT_WORDS } from './snapshot-words.ts';
import { StateMark } from './state-marks.tsx';
import { WaiveRule } from './waive-rule.tsx';

const WORDS = dictionary(
  {
    title: 'Proposal',
    all: 'All snapshots and proposals of this dataset',
    own: 'You proposed this. Another person has to review it: nobody decides about a proposal of their own.',
    ended: (who: string, when: string) => `Ended by ${who} on ${when}.`,
    parts: 'Parts',
    noSplit: 'It carries no split.',
    willBe: 'Digest it will have',
    consensus: 'Consensus',
  },
  {
    title: 'Proposition',
    all: 'Tous les instantanés et propositions de ce jeu',
    own: 'Vous l’avez proposée. Une autre personne doit la relire : nul ne décide de sa propre proposition.',
    ended: (who: string, when: string) => `Close par ${who} le ${when}.`,
    parts: 'Parties',
    noSplit: 'Elle n’emporte aucune partition.',
    willBe: 'Empreinte qu’il aura',
    consensus: 'Consensus',
  },
);

export default function Proposal({ dataset, proposal: id }: { dataset: string; proposal: string }) {
  const words = useWords(WORDS);
  return (
    <Asked query={ProposalOf} variables={{ dataset, id }}>
      {({ viewer, dataset: { title }, proposal }, again) => (
        <DatasetFrame dataset={dataset} title={title}>
          <Proposed proposal={proposal} viewer={viewer.name} changed={again} />
          <p>
            <a href={`/page/datasets/${dataset}/snapshots`}>{words.all}</a>
          </p>
        </DatasetFrame>
      )}
    </Asked>
  );
}

interface ProposedProps {
  proposal: ProposalData;
  viewer: string;
  changed(): void;
}

function Proposed({ proposal, viewer, changed }: ProposedProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const isOpen = proposal.endedAt === null;
  const isOwn = proposal.proposer === viewer;
  return (
    <>
      <h2>
        {words.title} <StateMark state={proposal.state} />
      </h2>
      <blockquote>{proposal.message}</blockquote>
      {isOpen && isOwn && <p class="notice">{words.own}</p>}
      {isOpen && (
        <div class="toolbar">
          {!isOwn && <ReviewProposal proposal={proposal} changed={changed} />}
          <PublishProposal proposal={proposal} changed={changed} />
        </div>
      )}
      {proposal.endedAt && proposal.endedBy && (
        <p>{words.ended(proposal.endedBy, format.moment(proposal.endedAt))}</p>
      )}
      <Facts proposal={proposal} />
      <Findings
        version={proposal.rulesVersion}
        findings={proposal.findings}
        waive={
          isOpen && !isOwn
            ? (finding) => <WaiveRule proposal={proposal} finding={finding} changed={changed} />
            : undefined
        }
      />
      <Reviews reviews={proposal.reviews} />
    </>
  );
}

function Facts({ proposal }: { proposal: ProposalData }) {
  const words = { ...useWords(SNAPSHOT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  const header = headerOf(proposal.header);
  const splits = Object.entries(header.splits);
  return (
    <dl class="facts">
      <dt>{words.proposed}</dt>
      <dd>
        {format.moment(proposal.proposedAt)} {words.by} {proposal.proposer}
      </dd>
      <dt>{words.images}</dt>
      <dd>
        {format.whole(proposal.imageCount)}
        {proposal.referenceCount > 0 && ` — ${words.elsewhere(format.whole(proposal.referenceCount))}`}
      </dd>
      <dt>{words.annotations}</dt>
      <dd>{format.whole(proposal.annotationCount)}</dd>
      <dt>{words.parts}</dt>
      <dd>
        {splits.length === 0
          ? words.noSplit
          : splits.map(([name, { counts }]) => (
              <div key={name}>
                <a href={`/page/datasets/${header.dataset}/splits/${name}`}>{name}</a>:{' '}
                {counts.map(({ part, images }) => `${part} ${format.whole(images)}`).join(', ')}
              </div>
            ))}
      </dd>
      {header.consensus && (
        <>
          <dt>{words.consensus}</dt>
          <dd>{header.consensus.map(({ name, method }) => `${name} (${method})`).join(', ')}</dd>
        </>
      )}
      <dt>{words.revision}</dt>
      <dd>{format.whole(proposal.revision)}</dd>
      <dt>{words.tag}</dt>
      <dd>{proposal.tag ?? words.none}</dd>
      <dt>{words.parent}</dt>
      <dd>{header.parent ? <SnapshotLink digest={header.parent} /> : words.none}</dd>
      <dt>{proposal.endedAt ? words.digest : words.willBe}</dt>
      <dd class="digest">
        {proposal.state === 'PUBLISHED' ? (
          <a href={`/page/snapshots/${proposal.digest}`}>{proposal.digest}</a>
        ) : (
          proposal.digest
        )}
      </dd>
    </dl>
  );
}
