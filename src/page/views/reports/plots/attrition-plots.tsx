import { graphql } from '../../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../../language.tsx';
import { Asked } from '../../../parts/asked.tsx';
import { EstimateFields } from '../../../parts/estimate.tsx';
import { Table } from '../../../parts/table.tsx';
import { imagesWhere } from './images-where.ts';
import { IntervalPlot } from './interval-plot.tsx';
import type { PlotsOf } from './plots-of.ts';

const WORDS = dictionary(
  {
    flow: 'The flow of exclusions',
    flowRead: 'Images left after each stage, from collection to release.',
    lost: 'What was lost, and why',
    stage: 'Stage',
    reason: 'Reason',
    images: 'Images',
    units: 'Units',
    refused: 'refused at the door',
    levels: (factor: string) => `Share excluded by ${factor}`,
    levelsRead:
      'Share of candidates that were excluded at each level; equal shares lose nothing of the picture.',
  },
  {
    flow: 'Le flux des exclusions',
    flowRead: 'Images restant après chaque étape, de la collecte à la publication.',
    lost: 'Ce qui s’est perdu, et pourquoi',
    stage: 'Étape',
    reason: 'Raison',
    images: 'Images',
    units: 'Unités',
    refused: 'refusées à la porte',
    levels: (factor: string) => `Part exclue par ${factor}`,
    levelsRead:
      'Part des candidates exclues à chaque niveau ; des parts égales ne changent rien à l’image d’ensemble.',
  },
);

const AttritionFigures = graphql(
  `
    query AttritionFigures($report: ID!) {
      biasReport(id: $report) {
        id
        ... on AttritionReport {
          flow {
            stages {
              stage
              reached { images { ...EstimateFields } }
              lost { reason kind images { value } units { value } }
            }
          }
          factors { name levels { level kind share { ...EstimateFields } } }
        }
      }
    }
  `,
  [EstimateFields],
);

const MOST_FACTORS = 8;
const MOST_LEVELS = 30;

export function AttritionPlots({ dataset, report }: PlotsOf) {
  const words = useWords(WORDS);
  const format = useFormat();
  const told = (count: number | null) => (count === null ? '—' : format.whole(count));
  return (
    <Asked query={AttritionFigures} variables={{ report }}>
      {({ biasReport }) =>
        'flow' in biasReport && (
          <>
            <IntervalPlot
              title={words.flow}
              description={words.flowRead}
              name="flow"
              areCounts
              marks={[0]}
              rows={biasReport.flow.stages.map(({ stage, reached }) => ({
                name: stage,
                estimate: reached.images,
                href: null,
              }))}
            />
            <Table
              caption={words.lost}
              rows={biasReport.flow.stages.flatMap(({ stage, lost }) =>
                lost.map((loss) => ({ stage, ...loss })),
              )}
              keyOf={({ stage, reason, kind }) => `${stage} ${reason} ${kind}`}
              columns={[
                { title: words.stage, cell: ({ stage }) => <code>{stage}</code> },
                {
                  title: words.reason,
                  cell: ({ reason }) => (
                    <a href={`/page/datasets/${dataset}/images?kept=false`}>{reason || words.refused}</a>
                  ),
                },
                { title: words.images, isNumber: true, cell: ({ images }) => told(images.value) },
                { title: words.units, isNumber: true, cell: ({ units }) => told(units.value) },
              ]}
            />
            {biasReport.factors
              .filter(({ levels }) => levels.length > 1 && levels.length <= MOST_LEVELS)
              .slice(0, MOST_FACTORS)
              .map(({ name, levels }) => (
                <IntervalPlot
                  key={name}
                  title={words.levels(name)}
                  description={words.levelsRead}
                  name={`excluded-by-${name}`}
                  marks={[]}
                  rows={levels.map(({ level, kind, share }) => {
                    const images = kind === 'LEVEL' ? imagesWhere(dataset, name, level) : null;
                    return { name: level, estimate: share, href: images && `${images}&kept=false` };
                  })}
                />
              ))}
          </>
        )
      }
    </Asked>
  );
}
