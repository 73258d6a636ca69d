import '../../style/publishing.css';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { Answers } from './answers.tsx';
import { Compare } from './compare.tsx';
import { Consumers } from './consumers.tsx';
import { DeprecateSnapshot } from './deprecate-snapshot.tsx';
import { FetchCommands } from './fetch-commands.tsx';
import { Inclusion } from './inclusion.tsx';
import { MissingImages } from './missing-images.tsx';
import { Findings, Reviews } from './publication-record.tsx';
import { Renderings } from './renderings.tsx';
import { SnapshotFiles } from './snapshot-files.tsx';
import { SnapshotLink } from './snapshot-list.tsx';
import { type SnapshotData, SnapshotOf } from './snapshot-query.ts';
import { type Header, headerOf, SNAPSHOT_WORDS } from './snapshot-words.ts';
import { StateMark } from './state-marks.tsx';
import { useWholeDigest } from './whole-digest.ts';

const WORDS = dictionary(
  {
    looking: 'Looking it up…',
    title: 'Snapshot',
    deprecated: (when: string) => `It should be used no more, since ${when}.`,
    use: 'Use in its place',
    publication: 'How it came to be published',
    record: (who: string, proposer: string) => `Published by ${who}, proposed by ${proposer}.`,
    atOnce: (who: string) => `Published at once by ${who}.`,
    waived: (count: string) => `Rules waived, in writing: ${count}.`,
  },
  {
    looking: 'Recherche…',
    title: 'Instantané',
    deprecated: (when: string) => `Il ne devrait plus être utilisé, depuis le ${when}.`,
    use: 'Utiliser à sa place',
    publication: 'Comment il a été publié',
    record: (who: string, proposer: string) => `Publié par ${who}, proposé par ${proposer}.`,
    atOnce: (who: string) => `Publié directement par ${who}.`,
    waived: (count: string) => `Dérogations écrites : ${count}.`,
  },
);

export default function Snapshot({ digest: given }: { digest: string }) {
  const words = useWords(WORDS);
  const digest = useWholeDigest(decodeURIComponent(given));
  if (digest === null)
    return (
      <p class="loading" role="status">
        {words.looking}
      </p>
    );
  return (
    <Asked query={SnapshotOf} variables={{ digest }}>
      {({ snapshot }, again) => <Found key={digest} snapshot={snapshot} changed={again} />}
    </Asked>
  );
}

function Found({ snapshot, changed }: { snapshot: SnapshotData; changed(): void }) {
  const words = useWords(WORDS);
  const header = headerOf(snapshot.header);
  return (
    <DatasetFrame dataset={header.dataset} title={header.title}>
      <h2>
        {words.title} {snapshot.tags.join(', ')} <StateMark state={snapshot.state} />
      </h2>
      <Standing snapshot={snapshot} />
      <Facts snapshot={snapshot} header={header} />
      {snapshot.state === 'DEGRADED' && <MissingImages digest={snapshot.digest} />}
      <div class="toolbar">
        {!snapshot.deprecation && (
          <DeprecateSnapshot dataset={header.dataset} snapshot={snapshot} changed={changed} />
        )}
      </div>
      <Answers dataset={header.dataset} snapshot={snapshot} splits={Object.keys(header.splits)} />
      <FetchCommands snapshot={snapshot} dataset={header.dataset} />
      <SnapshotFiles snapshot={snapshot} />
      <Renderings snapshot={snapshot} consensuses={(header.consensus ?? []).map(({ name }) => name)} />
      <Inclusion snapshot={snapshot} header={header} />
      <Compare dataset={header.dataset} snapshot={snapshot} parent={header.parent} />
      <Publication publication={snapshot.publication} />
      <Consumers digest={snapshot.digest} />
    </DatasetFrame>
  );
}

function Standing({ snapshot: { deprecation } }: { snapshot: SnapshotData }) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (!deprecation) return null;
  return (
    <div class="notice">
      <p>
        <strong>{words.deprecated(format.moment(deprecation.deprecatedAt))}</strong> {deprecation.reason}
      </p>
      {deprecation.successor && (
        <p>
          {words.use} <SnapshotLink digest={deprecation.successor} />
        </p>
      )}
    </div>
  );
}

function Publication({ publication }: { publication: SnapshotData['publication'] }) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (!publication) return null;
  const waived = publication.findings.filter(({ outcome }) => outcome === 'WAIVED').length;
  return (
    <>
      <h2>{words.publication}</h2>
      {publication.message === null ? (
        <p>{words.atOnce(publication.publishedBy)}</p>
      ) : (
        <>
          <p>{words.record(publication.publishedBy, publication.proposer)}</p>
          <blockquote>{publication.message}</blockquote>
        </>
      )}
      {waived > 0 && <p>{words.waived(format.whole(waived))}</p>}
      <Findings version={publication.rulesVersion} findings={publication.findings} />
      {publication.reviews.length > 0 && <Reviews reviews={publication.reviews} />}
    </>
  );
}

function Facts({ snapshot, header }: { snapshot: SnapshotData; header: Header }) {
  const words = useWords(SNAPSHOT_WORDS);
  const format = useFormat();
  return (
    <dl class="facts">
      <dt>{words.digest}</dt>
      <dd class="digest">{snapshot.digest}</dd>
      <dt>{words.published}</dt>
      <dd>{format.moment(snapshot.publishedAt)}</dd>
      <dt>{words.images}</dt>
      <dd>
        {format.whole(snapshot.imageCount)}
        {snapshot.state === 'DEGRADED' && ` — ${words.withdrawn}`}
        {snapshot.referenceCount > 0 && ` — ${words.elsewhere(format.whole(snapshot.referenceCount))}`}
      </dd>
      <dt>{words.annotations}</dt>
      <dd>{format.whole(snapshot.annotationCount)}</dd>
      <dt>{words.classes}</dt>
      <dd>{header.classes.map(({ name }) => name).join(', ') || words.none}</dd>
      <dt>{words.unit}</dt>
      <dd>{header.unit}</dd>
      <dt>{words.licence}</dt>
      <dd>{header.license ?? words.none}</dd>
      <dt>{words.revision}</dt>
      <dd>{format.whole(snapshot.revision)}</dd>
      <dt>{words.parent}</dt>
      <dd>{header.parent ? <SnapshotLink digest={header.parent} /> : words.none}</dd>
    </dl>
  );
}
