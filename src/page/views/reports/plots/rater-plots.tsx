import { useState } from 'preact/hooks';
import { graphql, type ResultOf } from '../../../graphql.ts';
import { dictionary, useWords } from '../../../language.tsx';
import { Asked } from '../../../parts/asked.tsx';
import { type Estimate, EstimateFields } from '../../../parts/estimate.tsx';
import { HeatMap } from './heat-map.tsx';
import { IntervalPlot } from './interval-plot.tsx';
import type { PlotsOf } from './plots-of.ts';

const WORDS = dictionary(
  {
    shift: 'How far each rater’s shares of classes lie from the others’',
    shiftRead: 'Total variation: half the sum of the differences of shares, on the images that both saw.',
    classes: 'Shift by class',
    classesRead: 'Above 0: the rater says the class more often than the others; below: less often.',
    rater: 'Rater',
    label: 'Class',
    accuracy: 'Accuracy by the model of raters',
    accuracyRead: 'How often each rater says what the consensus of the model (Dawid & Skene) says.',
    confusion: (rater: string) => `What ${rater} says of each true class`,
    confusionRead:
      'By the model of raters (Dawid & Skene): shares of each row; off the diagonal lie the confusions. The model gives no interval.',
    chosen: 'Rater whose confusions are shown',
    truth: 'True class',
    said: 'Says',
  },
  {
    shift: 'Écart des parts de classes de chaque annotateur à celles des autres',
    shiftRead:
      'Variation totale : la moitié de la somme des différences de parts, sur les images vues des deux.',
    classes: 'Écart par classe',
    classesRead:
      'Au-dessus de 0 : l’annotateur dit la classe plus souvent que les autres ; au-dessous : moins souvent.',
    rater: 'Annotateur',
    label: 'Classe',
    accuracy: 'Justesse selon le modèle des annotateurs',
    accuracyRead: 'À quelle fréquence chacun dit ce que dit le consensus du modèle (Dawid et Skene).',
    confusion: (rater: string) => `Ce que ${rater} dit de chaque vraie classe`,
    confusionRead:
      'Selon le modèle des annotateurs (Dawid et Skene) : parts de chaque ligne ; hors de la diagonale, les confusions. Le modèle ne donne pas d’intervalle.',
    chosen: 'Annotateur dont les confusions sont montrées',
    truth: 'Vraie classe',
    said: 'Dit',
  },
);

const ShiftFigures = graphql(
  `
    query ShiftFigures($report: ID!) {
      biasReport(id: $report) {
        id
        ... on RaterReport {
          raters {
            rater
            shift { ...EstimateFields }
            accuracy { ...EstimateFields }
            classes { label shift { ...EstimateFields } }
            confusion { classes shares }
          }
        }
      }
    }
  `,
  [EstimateFields],
);

export function RaterPlots({ dataset, report }: PlotsOf) {
  const words = useWords(WORDS);
  const href = `/page/datasets/${dataset}/images?disagreement=true`;
  return (
    <Asked query={ShiftFigures} variables={{ report }}>
      {({ biasReport }) =>
        'raters' in biasReport && (
          <>
            <IntervalPlot
              title={words.shift}
              description={words.shiftRead}
              name="shift-by-rater"
              marks={[0]}
              rows={biasReport.raters.map(({ rater, shift }) => ({ name: rater, estimate: shift, href }))}
            />
            <IntervalPlot
              title={words.accuracy}
              description={words.accuracyRead}
              name="accuracy-by-rater"
              marks={[]}
              rows={biasReport.raters.map(({ rater, accuracy }) => ({
                name: rater,
                estimate: accuracy,
                href,
              }))}
            />
            <HeatMap
              title={words.classes}
              description={words.classesRead}
              name="shift-by-class"
              acrossTitle={words.label}
              downTitle={words.rater}
              cells={biasReport.raters.flatMap(({ rater, classes }) =>
                classes.map(({ label, shift }) => ({ across: label, down: rater, estimate: shift, href })),
              )}
            />
            <Confusions raters={biasReport.raters} href={href} />
          </>
        )
      }
    </Asked>
  );
}

type Rater = Extract<ResultOf<typeof ShiftFigures>['biasReport'], { raters: unknown }>['raters'][number];

/** One rater's confusions at a time: those of the least accurate first. */
function Confusions({ raters, href }: { raters: readonly Rater[]; href: string }) {
  const words = useWords(WORDS);
  const fitted = raters
    .filter(({ confusion }) => confusion)
    .sort((one, other) => (one.accuracy.value ?? 1) - (other.accuracy.value ?? 1));
  const [chosen, choose] = useState(fitted[0]?.rater);
  const shown = fitted.find(({ rater }) => rater === chosen);
  if (!shown) return null;
  const { classes, shares } = shown.confusion!;
  return (
    <section>
      <label>
        {words.chosen}{' '}
        <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          {fitted.map(({ rater }) => (
            <option key={rater}>{rater}</option>
          ))}
        </select>
      </label>
      <HeatMap
        title={words.confusion(shown.rater)}
        description={words.confusionRead}
        name={`confusion-of-${shown.rater}`}
        acrossTitle={words.said}
        downTitle={words.truth}
        cells={shares.flatMap((row, truth) =>
          row.map((share, said) => ({
            across: classes[said]!,
            down: classes[truth]!,
            estimate: modelled(share, shown.accuracy),
            href,
          })),
        )}
      />
    </section>
  );
}

/** A share by the model, which rests on what its accuracy rests on and has no interval either. */
const modelled = (value: number, accuracy: Estimate): Estimate => ({ ...accuracy, value });
