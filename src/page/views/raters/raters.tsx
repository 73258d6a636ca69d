import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Card, CardFields } from '../../parts/card.tsx';
import { EstimateFields, Figured } from '../../parts/estimate.tsx';
import { Table } from '../../parts/table.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { Rounds } from './rounds.tsx';

const WORDS = dictionary(
  {
    title: 'Raters',
    lead: 'Every rater is kept, under a pseudonym. A rater who differs is not wrong by that: look at the images before judging.',
    raters: 'Who labelled, and how',
    rater: 'Rater',
    kind: 'Kind',
    expertise: 'Expertise',
    items: 'Images rated',
    shift: 'Shift of class shares',
    accuracy: 'Agreement with consensus',
    repeats: 'Agreement with oneself',
    drift: 'Drift',
    none: 'No rater yet.',
    report: 'The whole report on raters',
    notYet: 'No report on raters was made yet; the table below shows who they are.',
  },
  {
    title: 'Annotateurs',
    lead: 'Chaque annotateur est conservé, sous un pseudonyme. Un annotateur qui diffère n’a pas tort pour autant : regardez les images avant de juger.',
    raters: 'Qui a étiqueté, et comment',
    rater: 'Annotateur',
    kind: 'Genre',
    expertise: 'Expertise',
    items: 'Images évaluées',
    shift: 'Écart des parts de classes',
    accuracy: 'Accord avec le consensus',
    repeats: 'Accord avec soi-même',
    drift: 'Dérive',
    none: 'Aucun annotateur.',
    report: 'Le rapport entier sur les annotateurs',
    notYet: 'Aucun rapport sur les annotateurs n’a encore été fait ; le tableau ci-dessous dit qui ils sont.',
  },
);

const RatersOf = graphql(
  `
    query RatersOf($dataset: String!) {
      dataset(slug: $dataset) {
        title
        annotators { pseudonym kind expertise }
        rounds { name purpose state blind guidelineVersion progress { assigned done } }
        reports(kind: RATERS, first: 1) { nodes { id } }
      }
    }
  `,
);

const RaterFigures = graphql(
  `
    query RaterFigures($report: ID!) {
      biasReport(id: $report) {
        id
        cards { ...CardFields }
        ... on RaterReport {
          raters {
            rater
            items { ...EstimateFields }
            shift { ...EstimateFields }
            accuracy { ...EstimateFields }
            drift { ...EstimateFields }
            selfConsistency { percentAgreement { ...EstimateFields } }
          }
        }
      }
    }
  `,
  [CardFields, EstimateFields],
);

export default function Raters({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  return (
    <Asked query={RatersOf} variables={{ dataset }}>
      {({ dataset: { title, annotators, rounds, reports } }) => (
        <DatasetFrame dataset={dataset} title={title}>
          <p class="lead">{words.lead}</p>
          {reports.nodes[0] ? (
            <Figures dataset={dataset} report={reports.nodes[0].id} />
          ) : (
            <p class="notice">{words.notYet}</p>
          )}
          {annotators.length === 0 ? (
            <p class="none">{words.none}</p>
          ) : (
            <Table
              caption={words.title}
              rows={annotators}
              keyOf={({ pseudonym }) => pseudonym}
              columns={[
                { title: words.rater, cell: ({ pseudonym }) => pseudonym },
                { title: words.kind, cell: ({ kind }) => <code>{kind}</code> },
                { title: words.expertise, cell: ({ expertise }) => expertise ?? '—' },
              ]}
            />
          )}
          <Rounds rounds={rounds} />
        </DatasetFrame>
      )}
    </Asked>
  );
}

function Figures({ dataset, report }: { dataset: string; report: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <Asked query={RaterFigures} variables={{ report }}>
      {({ biasReport }) => (
        <>
          <div class="cards">
            {biasReport.cards.map((card) => (
              <Card key={card.kind} card={card} />
            ))}
          </div>
          {'raters' in biasReport && biasReport.raters && (
            <Table
              caption={words.raters}
              rows={biasReport.raters}
              keyOf={({ rater }) => rater}
              columns={[
                { title: words.rater, cell: ({ rater }) => rater },
                {
                  title: words.items,
                  isNumber: true,
                  cell: ({ items }) => (items.value === null ? '—' : format.whole(items.value)),
                },
                {
                  title: words.shift,
                  cell: ({ shift }) => <Figured estimate={shift} withCounts={false} />,
                },
                {
                  title: words.accuracy,
                  cell: ({ accuracy }) => <Figured estimate={accuracy} withCounts={false} />,
                },
                {
                  title: words.repeats,
                  cell: ({ selfConsistency }) => (
                    <Figured estimate={selfConsistency.percentAgreement} withCounts={false} />
                  ),
                },
                {
                  title: words.drift,
                  cell: ({ drift }) => <Figured estimate={drift} withCounts={false} />,
                },
              ]}
            />
          )}
          <p>
            <a href={`/page/datasets/${dataset}/reports/${encodeURIComponent(report)}`}>{words.report}</a>
          </p>
        </>
      )}
    </Asked>
  );
}
