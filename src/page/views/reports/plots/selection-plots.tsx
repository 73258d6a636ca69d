import { graphql } from '../../../graphql.ts';
import { dictionary, useWords } from '../../../language.tsx';
import { Asked } from '../../../parts/asked.tsx';
import { EstimateFields } from '../../../parts/estimate.tsx';
import { imagesWhere } from './images-where.ts';
import { IntervalPlot } from './interval-plot.tsx';
import type { PlotsOf } from './plots-of.ts';

const WORDS = dictionary(
  {
    ratio: (factor: string) => `Representation by ${factor}`,
    ratioRead:
      'Share among the images over the share in the target; 1 is par, below .8 or above 1.2 stands out.',
    share: (factor: string) => `Shares by ${factor}`,
    shareRead: 'Share of the images at each level; no target says which shares would be right.',
    missing: 'Missing metadata',
    missingRead:
      'Share of images without a value; from .05 on it matters, from .2 on it decides what can be computed.',
    classes: 'Classes',
    classesRead: 'Images of each class.',
  },
  {
    ratio: (factor: string) => `Représentation par ${factor}`,
    ratioRead:
      'Part parmi les images sur part dans la cible ; 1 est l’égalité, sous 0,8 ou au-dessus de 1,2 cela ressort.',
    share: (factor: string) => `Parts par ${factor}`,
    shareRead: 'Part des images à chaque niveau ; aucune cible ne dit quelles parts seraient justes.',
    missing: 'Métadonnées manquantes',
    missingRead:
      'Part des images sans valeur ; dès 0,05 cela compte, dès 0,2 cela décide de ce qui est calculable.',
    classes: 'Classes',
    classesRead: 'Images de chaque classe.',
  },
);

const SelectionFigures = graphql(
  `
    query SelectionFigures($report: ID!) {
      biasReport(id: $report) {
        id
        ... on SelectionReport {
          factors {
            name
            hasTarget
            levels { level kind share { ...EstimateFields } representationRatio { ...EstimateFields } }
          }
          missing { name label share { ...EstimateFields } }
          classBalance { classes { label images { ...EstimateFields } } }
        }
      }
    }
  `,
  [EstimateFields],
);

/** More levels than these are an identifier, not something to look at. */
const MOST_LEVELS = 30;

export function SelectionPlots({ dataset, report }: PlotsOf) {
  const words = useWords(WORDS);
  return (
    <Asked query={SelectionFigures} variables={{ report }}>
      {({ biasReport }) =>
        'factors' in biasReport && (
          <>
            {biasReport.factors
              .filter(({ levels }) => levels.length > 1 && levels.length <= MOST_LEVELS)
              .sort((one, other) => Number(other.hasTarget) - Number(one.hasTarget))
              .map(({ name, hasTarget, levels }) => (
                <IntervalPlot
                  key={name}
                  title={hasTarget ? words.ratio(name) : words.share(name)}
                  description={hasTarget ? words.ratioRead : words.shareRead}
                  name={`representation-by-${name}`}
                  marks={hasTarget ? [0.8, 1, 1.2] : []}
                  rows={levels.map(({ level, kind, share, representationRatio }) => ({
                    name: level,
                    estimate: hasTarget ? representationRatio : share,
                    href: kind === 'LEVEL' ? imagesWhere(dataset, name, level) : null,
                  }))}
                />
              ))}
            <IntervalPlot
              title={words.missing}
              description={words.missingRead}
              name="missing-metadata"
              marks={[0.05, 0.2]}
              rows={biasReport.missing
                .filter(({ label }) => label === null)
                .map(({ name, share }) => ({
                  name,
                  estimate: share,
                  href: imagesWhere(dataset, name, null),
                }))}
            />
            <IntervalPlot
              title={words.classes}
              description={words.classesRead}
              name="classes"
              marks={[0]}
              rows={biasReport.classBalance.classes.map(({ label, images }) => ({
                name: label,
                estimate: images,
                href: imagesWhere(dataset, 'label', label),
              }))}
            />
          </>
        )
      }
    </Asked>
  );
}
