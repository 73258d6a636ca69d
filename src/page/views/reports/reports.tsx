import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { DeclareTarget } from './declare-target.tsx';
import { OrderReport } from './order-report.tsx';
import { ReportHistory } from './report-history.tsx';
import { KIND_WORDS, KINDS, type Kind } from './report-kinds.ts';

const WORDS = dictionary(
  {
    lead: 'Where the dataset leans, by kind of bias. There is no overall score: an average would hide what is red.',
    colour: 'Colour of its worst card',
    RED: '✖ Problem',
    AMBER: '▲ Look here',
    GREEN: '✔ No problem seen',
    GREY: '? Not enough to tell',
    none: 'Not made yet.',
    of: (revision: number, when: string) => `of revision ${revision}, made ${when}`,
    older: (revisions: number) => `The dataset is ${revisions} revisions further.`,
    read: 'Read',
    history: 'All reports',
  },
  {
    lead: 'Où penche le jeu de données, par genre de biais. Il n’y a pas de note globale : une moyenne cacherait ce qui est rouge.',
    colour: 'Couleur de sa pire carte',
    RED: '✖ Problème',
    AMBER: '▲ À regarder',
    GREEN: '✔ Aucun problème vu',
    GREY: '? Trop peu pour conclure',
    none: 'Pas encore fait.',
    of: (revision: number, when: string) => `de la révision ${revision}, fait le ${when}`,
    older: (revisions: number) => `Le jeu a avancé de ${revisions} révisions.`,
    read: 'Lire',
    history: 'Tous les rapports',
  },
);

const LatestReports = graphql(`
  query LatestReports($dataset: String!) {
    dataset(slug: $dataset) {
      title
      revision
      splits(first: 50) { nodes { name } }
      factors { name }
      selection: reports(kind: SELECTION, first: 1) { nodes { ...LatestFields } }
      measurement: reports(kind: MEASUREMENT, first: 1) { nodes { ...LatestFields } }
      association: reports(kind: ASSOCIATION, first: 1) { nodes { ...LatestFields } }
      attrition: reports(kind: ATTRITION, first: 1) { nodes { ...LatestFields } }
      agreement: reports(kind: AGREEMENT, first: 1) { nodes { ...LatestFields } }
      raters: reports(kind: RATERS, first: 1) { nodes { ...LatestFields } }
      shapes: reports(kind: SHAPES, first: 1) { nodes { ...LatestFields } }
      split: reports(kind: SPLIT, first: 1) { nodes { ...LatestFields } }
    }
  }
  fragment LatestFields on ReportSummary @_unmask {
    id
    colour
    revision
    madeAt
    split
  }
`);

type Latest = ResultOf<typeof LatestReports>['dataset']['selection']['nodes'][number];

export default function Reports({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  const [turn, setTurn] = useState(0);
  return (
    <Asked query={LatestReports} variables={{ dataset }}>
      {({ dataset: { title, revision, splits, factors, ...latest } }, again) => (
        <DatasetFrame dataset={dataset} title={title}>
          <p class="lead">{words.lead}</p>
          <ul class="tiles">
            {KINDS.map((kind) => (
              <li key={kind}>
                <OfKind
                  dataset={dataset}
                  kind={kind}
                  revision={revision}
                  splits={splits.nodes.map(({ name }) => name)}
                  latest={latest[kind.toLowerCase() as Lowercase<Kind>].nodes[0] ?? null}
                  made={() => {
                    again();
                    setTurn((before) => before + 1);
                  }}
                />
              </li>
            ))}
          </ul>
          <p>
            <DeclareTarget
              dataset={dataset}
              factors={['site', 'device', 'stage', 'view', ...factors.map(({ name }) => name)]}
              done={again}
            />
          </p>
          <h2>{words.history}</h2>
          <ReportHistory key={turn} dataset={dataset} />
        </DatasetFrame>
      )}
    </Asked>
  );
}

interface OfKindProps {
  dataset: string;
  kind: Kind;
  revision: number;
  splits: readonly string[];
  latest: Latest | null;
  made(): void;
}

function OfKind({ dataset, kind, revision, splits, latest, made }: OfKindProps) {
  const words = useWords(WORDS);
  const kinds = useWords(KIND_WORDS);
  const format = useFormat();
  const { route } = useLocation();
  const address = (id: string) => `/page/datasets/${dataset}/reports/${encodeURIComponent(id)}`;
  return (
    <>
      <h2>{kinds[kind]}</h2>
      {latest ? (
        <>
          <p>
            <strong class={`colour ${latest.colour.toLowerCase()}`}>{words[latest.colour]}</strong>{' '}
            {words.of(latest.revision, format.moment(latest.madeAt))}
            {latest.split && ` (${latest.split})`}
          </p>
          {latest.revision < revision && <p>{words.older(revision - latest.revision)}</p>}
          <p>
            <a href={address(latest.id)} aria-label={`${words.read}: ${kinds[kind]}`}>
              {words.read}
            </a>
          </p>
        </>
      ) : (
        <p class="none">{words.none}</p>
      )}
      <OrderReport
        dataset={dataset}
        kind={kind}
        splits={splits}
        done={(id) => {
          made();
          route(address(id));
        }}
      />
    </>
  );
}
