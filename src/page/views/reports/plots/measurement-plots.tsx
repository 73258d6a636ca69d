import { graphql } from '../../../graphql.ts';
import { dictionary, useWords } from '../../../language.tsx';
import { Asked } from '../../../parts/asked.tsx';
import { EstimateFields } from '../../../parts/estimate.tsx';
import { DriftPlot } from './drift-plot.tsx';
import { HeatMap } from './heat-map.tsx';
import { imagesOf, imagesWhere } from './images-where.ts';
import { IntervalPlot } from './interval-plot.tsx';
import type { PlotsOf } from './plots-of.ts';

const WORDS = dictionary(
  {
    effects: 'How much each factor explains of each quality measure',
    effectsRead: 'ω²: the share of variance between levels; .01 is small, .06 medium, .14 large.',
    factor: 'Factor',
    measure: 'Measure',
    centres: 'Centres that stand apart',
    centresRead: 'Distance of each centre from the others, for the measure in which it is largest.',
    drift: 'Drift over time',
    driftRead:
      'How far a measure wandered from the first period to the last, in standard deviations inside a period.',
    from: (first: string, last: string) => `${first} to ${last}`,
    overTime: (what: string) => `Over time: ${what}`,
    overTimeRead:
      'Means of days or weeks, less the mean of all images; dashed lines are the days since when the measure jumped (CUSUM).',
  },
  {
    effects: 'Ce que chaque facteur explique de chaque mesure de qualité',
    effectsRead: 'ω² : la part de variance entre niveaux ; 0,01 est petit, 0,06 moyen, 0,14 grand.',
    factor: 'Facteur',
    measure: 'Mesure',
    centres: 'Les centres qui se distinguent',
    centresRead: 'Distance de chaque centre aux autres, pour la mesure où elle est la plus grande.',
    drift: 'Dérive dans le temps',
    driftRead:
      'De combien une mesure a dérivé de la première période à la dernière, en écarts types internes à une période.',
    from: (first: string, last: string) => `${first} au ${last}`,
    overTime: (what: string) => `Dans le temps : ${what}`,
    overTimeRead:
      'Moyennes de jours ou de semaines, moins celle de toutes les images ; les traits interrompus sont les jours depuis lesquels la mesure a sauté (CUSUM).',
  },
);

const MeasurementFigures = graphql(
  `
    query MeasurementFigures($report: ID!) {
      biasReport(id: $report) {
        id
        ... on MeasurementReport {
          effects { factor measure omegaSquared { ...EstimateFields } }
          centres { factor centre measure distance { ...EstimateFields } }
          drifts {
            measure
            site
            device
            firstDay
            lastDay
            totalDrift { ...EstimateFields }
            series { firstDay lastDay mean }
            steps { since }
          }
        }
      }
    }
  `,
  [EstimateFields],
);

const MOST_LINES = 30;
const DRIFTS_DRAWN = 3;

export function MeasurementPlots({ dataset, report }: PlotsOf) {
  const words = useWords(WORDS);
  return (
    <Asked query={MeasurementFigures} variables={{ report }}>
      {({ biasReport }) =>
        'effects' in biasReport && (
          <>
            <HeatMap
              title={words.effects}
              description={words.effectsRead}
              name="effect-by-factor-and-measure"
              acrossTitle={words.measure}
              downTitle={words.factor}
              cells={biasReport.effects.map(({ factor, measure, omegaSquared }) => ({
                across: measure,
                down: factor,
                estimate: omegaSquared,
                href: null,
              }))}
            />
            <IntervalPlot
              title={words.centres}
              description={words.centresRead}
              name="centres"
              marks={[0]}
              rows={biasReport.centres.slice(0, MOST_LINES).map(({ factor, centre, measure, distance }) => ({
                name: `${factor} ${centre}, ${measure}`,
                estimate: distance,
                href: imagesWhere(dataset, factor, centre),
              }))}
            />
            <IntervalPlot
              title={words.drift}
              description={words.driftRead}
              name="drift"
              marks={[0]}
              rows={biasReport.drifts
                .slice(0, MOST_LINES)
                .map(({ measure, site, device, firstDay, lastDay, totalDrift }) => ({
                  name: [measure, site, device, words.from(firstDay, lastDay)].filter(Boolean).join(', '),
                  estimate: totalDrift,
                  href: site ? imagesWhere(dataset, 'site', site) : null,
                }))}
            />
            {biasReport.drifts.slice(0, DRIFTS_DRAWN).map(({ measure, site, device, series, steps }) => {
              if (!series) return null;
              const what = [measure, site, device].filter(Boolean).join(', ');
              return (
                <DriftPlot
                  key={what}
                  title={words.overTime(what)}
                  description={words.overTimeRead}
                  name={`drift-${what.replaceAll(/\W+/g, '-')}`}
                  measure={measure}
                  points={series}
                  steps={steps.map(({ since }) => since)}
                  href={(day) => imagesOf(dataset, { site, device, captureMonth: day.slice(0, 7) })}
                />
              );
            })}
          </>
        )
      }
    </Asked>
  );
}
