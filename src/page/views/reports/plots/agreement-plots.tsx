import { graphql } from '../../../graphql.ts';
import { dictionary, useWords } from '../../../language.tsx';
import { Asked } from '../../../parts/asked.tsx';
import { EstimateFields } from '../../../parts/estimate.tsx';
import { HeatMap } from './heat-map.tsx';
import { imagesWhere } from './images-where.ts';
import { IntervalPlot } from './interval-plot.tsx';
import type { PlotsOf } from './plots-of.ts';

const WORDS = dictionary(
  {
    classes: 'Agreement by class',
    classesRead: 'Krippendorff’s α of each class against all others; .667 and .8 are the usual limits.',
    raters: 'Agreement of each rater with the others',
    ratersRead: 'Share of images on which a rater says what the others say.',
    uses: 'How often each rater uses each class, beside the others on the same images',
    usesRead: 'The rater’s own share of the class; the row of a rater who confuses classes stands out.',
    rater: 'Rater',
    label: 'Class',
  },
  {
    classes: 'Accord par classe',
    classesRead:
      'α de Krippendorff de chaque classe contre toutes les autres ; 0,667 et 0,8 sont les seuils usuels.',
    raters: 'Accord de chaque annotateur avec les autres',
    ratersRead: 'Part des images où un annotateur dit ce que disent les autres.',
    uses: 'À quelle fréquence chaque annotateur emploie chaque classe',
    usesRead: 'La part propre de la classe chez l’annotateur ; la ligne de qui confond des classes ressort.',
    rater: 'Annotateur',
    label: 'Classe',
  },
);

const AgreementFigures = graphql(
  `
    query AgreementFigures($report: ID!) {
      biasReport(id: $report) {
        id
        ... on AgreementReport {
          classes { label alpha { ...EstimateFields } }
          raters {
            rater
            agreement { ...EstimateFields }
            labels { label ownShare { ...EstimateFields } }
          }
        }
      }
    }
  `,
  [EstimateFields],
);

export function AgreementPlots({ dataset, report }: PlotsOf) {
  const words = useWords(WORDS);
  const disagreed = `/page/datasets/${dataset}/images?disagreement=true`;
  return (
    <Asked query={AgreementFigures} variables={{ report }}>
      {({ biasReport }) =>
        'classes' in biasReport && (
          <>
            <IntervalPlot
              title={words.classes}
              description={words.classesRead}
              name="agreement-by-class"
              marks={[0.667, 0.8]}
              rows={biasReport.classes.map(({ label, alpha }) => ({
                name: label,
                estimate: alpha,
                href: imagesWhere(dataset, 'label', label),
              }))}
            />
            <IntervalPlot
              title={words.raters}
              description={words.ratersRead}
              name="agreement-by-rater"
              marks={[]}
              rows={biasReport.raters.map(({ rater, agreement }) => ({
                name: rater,
                estimate: agreement,
                href: disagreed,
              }))}
            />
            <HeatMap
              title={words.uses}
              description={words.usesRead}
              name="classes-by-rater"
              acrossTitle={words.label}
              downTitle={words.rater}
              cells={biasReport.raters.flatMap(({ rater, labels }) =>
                labels.map(({ label, ownShare }) => ({
                  across: label,
                  down: rater,
                  estimate: ownShare,
                  href: disagreed,
                })),
              )}
            />
          </>
        )
      }
    </Asked>
  );
}
