import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { FileLink } from '../../parts/file-link.tsx';
import type { SnapshotData } from './snapshot-query.ts';

const WORDS = dictionary(
  {
    title: 'Certificate: which data is this, and can it be trusted?',
    files: 'The whole certificate, to hand on',
    fetching: 'Saving it counts as a fetch: you are told when images of it are withdrawn.',
    split: (name: string) => `Split ${name}`,
    noSplits: 'It carries no split: nothing says which images a model was tested on.',
    reports: 'Reports made of it',
    noReports: 'None was made: nothing is known of where it leans.',
    made: (when: string) => `made ${when}`,
    runs: 'Training runs reported',
    someRuns: (count: string) => `at least ${count}`,
    RED: '✖ Problem',
    AMBER: '▲ Look here',
    GREEN: '✔ No problem seen',
    GREY: '? Not enough to tell',
  },
  {
    title: 'Certificat : quelles sont ces données, et peut-on s’y fier ?',
    files: 'Le certificat entier, à transmettre',
    fetching:
      'L’enregistrer compte comme une récupération : vous serez prévenu si des images en sont retirées.',
    split: (name: string) => `Partition ${name}`,
    noSplits: 'Il n’emporte aucune partition : rien ne dit sur quelles images un modèle a été testé.',
    reports: 'Rapports faits sur lui',
    noReports: 'Aucun n’a été fait : on ne sait pas où il penche.',
    made: (when: string) => `fait le ${when}`,
    runs: 'Entraînements déclarés',
    someRuns: (count: string) => `au moins ${count}`,
    RED: '✖ Problème',
    AMBER: '▲ À regarder',
    GREEN: '✔ Aucun problème vu',
    GREY: '? Trop peu pour conclure',
  },
);

const ReportsOfSnapshot = graphql(`
  query ReportsOfSnapshot($dataset: String!, $digest: String!) {
    dataset(slug: $dataset) {
      reports(first: 50, snapshot: $digest) { nodes { id kind colour split madeAt } }
    }
    snapshot(digest: $digest) {
      id
      trainingRuns(first: 20) { nodes { id model } pageInfo { hasNextPage } }
    }
  }
`);

const CertificateOfSplit = graphql(`
  query CertificateOfSplit($digest: String!, $split: String!) {
    snapshot(digest: $digest) { id certificate(split: $split) { colour heading statements } }
  }
`);

const FORMATS = ['html', 'md', 'json'] as const;

interface AnswersProps {
  dataset: string;
  snapshot: SnapshotData;
  splits: readonly string[];
}

/** The main answers of the certificate, asked by GraphQL, so that reading this page makes nobody a consumer. */
export function Answers({ dataset, snapshot: { digest }, splits }: AnswersProps) {
  const words = useWords(WORDS);
  return (
    <>
      <h2>{words.title}</h2>
      <p>
        {words.files}:{' '}
        {FORMATS.map((format, place) => (
          <span key={format}>
            {place > 0 && ' · '}
            <FileLink
              address={`/snapshots/${digest}/certificate.${format}`}
              name={`${dataset}-${digest.slice(7, 19)}-certificate.${format}`}
              label={`certificate.${format}`}
            />
          </span>
        ))}
        . <small>{words.fetching}</small>
      </p>
      {splits.length === 0 && <p>{words.noSplits}</p>}
      {splits.map((split) => (
        <SplitAnswer key={split} dataset={dataset} digest={digest} split={split} />
      ))}
      <Made dataset={dataset} digest={digest} />
    </>
  );
}

function SplitAnswer({ dataset, digest, split }: { dataset: string; digest: string; split: string }) {
  const words = useWords(WORDS);
  return (
    <section>
      <h3>
        <a href={`/page/datasets/${dataset}/splits/${split}`}>{words.split(split)}</a>
      </h3>
      <Asked query={CertificateOfSplit} variables={{ digest, split }}>
        {({ snapshot: { certificate } }) =>
          certificate && (
            <>
              <p>
                <strong>{words[certificate.colour]}</strong> <span lang="en">{certificate.heading}.</span>
              </p>
              <ul lang="en">
                {certificate.statements.map((statement) => (
                  <li key={statement}>{statement}</li>
                ))}
              </ul>
            </>
          )
        }
      </Asked>
    </section>
  );
}

function Made({ dataset, digest }: { dataset: string; digest: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <Asked query={ReportsOfSnapshot} variables={{ dataset, digest }}>
      {({ dataset: { reports }, snapshot: { trainingRuns } }) => (
        <>
          <h3>{words.reports}</h3>
          {reports.nodes.length === 0 ? (
            <p class="none">{words.noReports}</p>
          ) : (
            <ul>
              {reports.nodes.map(({ id, kind, colour, split, madeAt }) => (
                <li key={id}>
                  {words[colour]}{' '}
                  <a href={`/page/datasets/${dataset}/reports/${id}`}>
                    {kind}
                    {split && ` (${split})`}
                  </a>
                  , {words.made(format.moment(madeAt))}
                </li>
              ))}
            </ul>
          )}
          <h3>{words.runs}</h3>
          <p>
            {trainingRuns.pageInfo.hasNextPage
              ? words.someRuns(format.whole(trainingRuns.nodes.length))
              : format.whole(trainingRuns.nodes.length)}
          </p>
          {trainingRuns.nodes.length > 0 && (
            <ul>
              {trainingRuns.nodes.map(({ id, model }) => (
                <li key={id}>
                  <a href={`/page/datasets/${dataset}/runs/${id}`}>{model}</a>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Asked>
  );
}
