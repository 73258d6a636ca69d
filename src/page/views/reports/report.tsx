import { lazy } from 'preact-iso';
import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Card, CardFields } from '../../parts/card.tsx';
import { FileLink } from '../../parts/file-link.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { KIND_WORDS } from './report-kinds.ts';

const WORDS = dictionary(
  {
    of: (revision: number, images: string, units: string) =>
      `Of revision ${revision}: ${counted(images, 'image')} of ${units} units.`,
    unknownUnits: (images: string) =>
      `Of ${images} images the unit is unknown: each counts as one of its own.`,
    snapshot: 'Snapshot',
    split: 'Split',
    part: 'Part',
    made: 'Made',
    version: 'Specification, engine, seed',
    files: 'The whole report as a file',
    behind: 'Behind the cards',
  },
  {
    of: (revision: number, images: string, units: string) =>
      `De la révision ${revision} : ${images} images de ${units} unités.`,
    unknownUnits: (images: string) =>
      `De ${images} images l’unité est inconnue : chacune en vaut une à part.`,
    snapshot: 'Instantané',
    split: 'Partition',
    part: 'Partie',
    made: 'Fait',
    version: 'Spécification, moteur, graine',
    files: 'Le rapport entier en fichier',
    behind: 'Derrière les cartes',
  },
);

const OneReport = graphql(
  `
    query OneReport($dataset: String!, $report: ID!) {
      dataset(slug: $dataset) { title }
      biasReport(id: $report) {
        id
        kind
        colour
        revision
        snapshot
        split
        part
        madeAt
        seed
        engine
        specificationVersion
        imageCount
        unitCount
        imagesOfUnknownUnit
        cards { ...CardFields }
      }
    }
  `,
  [CardFields],
);

/** The plots come after the cards. */
const ReportPlots = lazy(() => import('./plots/report-plots.tsx'));

export default function Report({ dataset, report }: { dataset: string; report: string }) {
  const words = useWords(WORDS);
  const kinds = useWords(KIND_WORDS);
  const format = useFormat();
  return (
    <Asked query={OneReport} variables={{ dataset, report }}>
      {({ dataset: { title }, biasReport }) => (
        <DatasetFrame dataset={dataset} title={title}>
          <h2>{kinds[biasReport.kind]}</h2>
          <p>
            {words.of(
              biasReport.revision,
              format.whole(biasReport.imageCount),
              format.whole(biasReport.unitCount),
            )}{' '}
            {biasReport.imagesOfUnknownUnit > 0 &&
              words.unknownUnits(format.whole(biasReport.imagesOfUnknownUnit))}
          </p>
          <dl class="facts">
            {biasReport.snapshot && (
              <>
                <dt>{words.snapshot}</dt>
                <dd>
                  <a class="digest" href={`/page/snapshots/${biasReport.snapshot}`}>
                    {biasReport.snapshot}
                  </a>
                </dd>
              </>
            )}
            {biasReport.split && (
              <>
                <dt>{words.split}</dt>
                <dd>
                  <a href={`/page/datasets/${dataset}/splits/${biasReport.split}`}>{biasReport.split}</a>
                  {biasReport.part && ` / ${biasReport.part}`}
                </dd>
              </>
            )}
            <dt>{words.made}</dt>
            <dd>{format.moment(biasReport.madeAt)}</dd>
            <dt>{words.version}</dt>
            <dd>
              {biasReport.specificationVersion}, {biasReport.engine}, <code>{biasReport.seed}</code>
            </dd>
            <dt>{words.files}</dt>
            <dd>
              {(['json', 'csv', 'md'] as const).map((ending) => (
                <span key={ending}>
                  <FileLink
                    address={`/reports/${biasReport.id}.${ending}`}
                    name={`${dataset}-${biasReport.kind.toLowerCase()}.${ending}`}
                    label={ending.toUpperCase()}
                  />{' '}
                </span>
              ))}
            </dd>
          </dl>
          <div class="cards">
            {biasReport.cards.map((card) => (
              <Card key={card.kind} card={card} />
            ))}
          </div>
          <h2>{words.behind}</h2>
          <ReportPlots dataset={dataset} report={biasReport} />
        </DatasetFrame>
      )}
    </Asked>
  );
}
