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
    pairs: 'Which value goes with which class',
    pairsRead:
      'NPMI of the pairs that stand out most: 1, the value is never without the class; 0, nothing; below 0, they avoid one another.',
    label: 'Class',
    value: 'Value',
    factors: 'How much each factor goes with the label',
    factorsRead: 'w of each factor with the label, corrected for chance; .1 is small, .3 medium, .5 large.',
    probe: 'How well metadata alone tell each class',
    probeRead: 'Area under the curve of a probe that sees no pixel; .5 is guessing, 1 is certain.',
    of: (factor: string, label: string) => `${factor} (${label})`,
  },
  {
    pairs: 'Quelle valeur va avec quelle classe',
    pairsRead:
      'NPMI des paires qui ressortent le plus : 1, la valeur jamais sans la classe ; 0, rien ; sous 0, elles s’évitent.',
    label: 'Classe',
    value: 'Valeur',
    factors: 'À quel point chaque facteur va avec l’étiquette',
    factorsRead:
      'w de chaque facteur avec l’étiquette, corrigé du hasard ; 0,1 est petit, 0,3 moyen, 0,5 grand.',
    probe: 'À quel point les métadonnées seules disent chaque classe',
    probeRead: 'Aire sous la courbe d’une sonde qui ne voit aucun pixel ; 0,5 est deviner, 1 est certain.',
    of: (factor: string, label: string) => `${factor} (${label})`,
  },
);

const AssociationFigures = graphql(
  `
    query AssociationFigures($report: ID!) {
      biasReport(id: $report) {
        id
        ... on AssociationReport {
          pairs { factor level label npmi { ...EstimateFields } }
          associations { factor label w { ...EstimateFields } }
          probe { classes { label area { ...EstimateFields } } }
        }
      }
    }
  `,
  [EstimateFields],
);

const MOST_LINES = 25;

export function AssociationPlots({ dataset, report }: PlotsOf) {
  const words = useWords(WORDS);
  return (
    <Asked query={AssociationFigures} variables={{ report }}>
      {({ biasReport }) =>
        'pairs' in biasReport && (
          <>
            <HeatMap
              title={words.pairs}
              description={words.pairsRead}
              name="class-by-value"
              acrossTitle={words.label}
              downTitle={words.value}
              cells={biasReport.pairs.slice(0, MOST_LINES).map(({ factor, level, label, npmi }) => ({
                across: label,
                down: `${factor} = ${level}`,
                estimate: npmi,
                href: imagesWhere(dataset, factor, level),
              }))}
            />
            <IntervalPlot
              title={words.factors}
              description={words.factorsRead}
              name="association-by-factor"
              marks={[0.1, 0.3, 0.5]}
              rows={biasReport.associations.slice(0, MOST_LINES).map(({ factor, label, w }) => ({
                name: label === null ? factor : words.of(factor, label),
                estimate: w,
                href: null,
              }))}
            />
            <IntervalPlot
              title={words.probe}
              description={words.probeRead}
              name="probe-by-class"
              marks={[0.5]}
              rows={biasReport.probe.classes.map(({ label, area }) => ({
                name: label,
                estimate: area,
                href: imagesWhere(dataset, 'label', label),
              }))}
            />
          </>
        )
      }
    </Asked>
  );
}
