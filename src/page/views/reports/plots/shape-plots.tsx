import { graphql } from '../../../graphql.ts';
import { dictionary, useWords } from '../../../language.tsx';
import { Asked } from '../../../parts/asked.tsx';
import { EstimateFields } from '../../../parts/estimate.tsx';
import { IntervalPlot } from './interval-plot.tsx';
import type { PlotsOf } from './plots-of.ts';

const WORDS = dictionary(
  {
    boxes: 'Agreement on boxes',
    boxesRead:
      'F1: of the boxes of two raters, how many find a partner that overlaps by .5 or .75; a large drop means that borders, not objects, are disputed.',
    f1At50: 'F1 at overlap .5',
    f1At75: 'F1 at overlap .75',
    f1Drop: 'Drop of F1 from .5 to .75',
    meanOverlap: 'Mean overlap of matched boxes',
    panopticQuality: 'Panoptic quality',
    classAgreement: 'Same class, of matched boxes',
    bothEmpty: 'Both left the image empty',
    boxPairs: 'F1 of boxes, two raters at a time',
    pairsRead: 'The lowest first: look there for two raters who see different objects.',
    masks: 'Agreement on masks',
    masksRead: 'Dice and overlap from 0 (nothing shared) to 1 (the same pixels).',
    dice: 'Dice',
    overlap: 'Overlap (intersection over union)',
    surfaceDice: 'Surface Dice',
    agreedAbsent: 'Both say absent',
    maskPairs: 'Dice of masks, two raters at a time',
    maskPairsRead: 'The lowest first.',
    pair: (first: string, second: string) => `${first} and ${second}`,
  },
  {
    boxes: 'Accord sur les boîtes',
    boxesRead:
      'F1 : parmi les boîtes de deux annotateurs, combien trouvent une partenaire qui recouvre à 0,5 ou 0,75 ; une forte chute dit que les bords, non les objets, sont disputés.',
    f1At50: 'F1 au recouvrement 0,5',
    f1At75: 'F1 au recouvrement 0,75',
    f1Drop: 'Chute de F1 de 0,5 à 0,75',
    meanOverlap: 'Recouvrement moyen des boîtes appariées',
    panopticQuality: 'Qualité panoptique',
    classAgreement: 'Même classe, parmi les boîtes appariées',
    bothEmpty: 'Les deux ont laissé l’image vide',
    boxPairs: 'F1 des boîtes, deux annotateurs à la fois',
    pairsRead: 'La plus basse d’abord : deux annotateurs qui y voient des objets différents.',
    masks: 'Accord sur les masques',
    masksRead: 'Dice et recouvrement de 0 (rien en commun) à 1 (les mêmes pixels).',
    dice: 'Dice',
    overlap: 'Recouvrement (intersection sur union)',
    surfaceDice: 'Dice de surface',
    agreedAbsent: 'Les deux disent absent',
    maskPairs: 'Dice des masques, deux annotateurs à la fois',
    maskPairsRead: 'La plus basse d’abord.',
    pair: (first: string, second: string) => `${first} et ${second}`,
  },
);

const ShapeFigures = graphql(
  `
    query ShapeFigures($report: ID!) {
      biasReport(id: $report) {
        id
        ... on ShapeReport {
          boxes {
            f1At50 { ...EstimateFields }
            f1At75 { ...EstimateFields }
            f1Drop { ...EstimateFields }
            meanOverlap { ...EstimateFields }
            panopticQuality { ...EstimateFields }
            classAgreement { ...EstimateFields }
            bothEmpty { ...EstimateFields }
            pairs { first second f1At50 { ...EstimateFields } }
          }
          masks {
            dice { ...EstimateFields }
            overlap { ...EstimateFields }
            surfaceDice { ...EstimateFields }
            agreedAbsent { ...EstimateFields }
            pairs { first second dice { ...EstimateFields } }
          }
        }
      }
    }
  `,
  [EstimateFields],
);

const BOX_FIGURES = [
  'f1At50',
  'f1At75',
  'f1Drop',
  'meanOverlap',
  'panopticQuality',
  'classAgreement',
  'bothEmpty',
] as const;
const MASK_FIGURES = ['dice', 'overlap', 'surfaceDice', 'agreedAbsent'] as const;

export function ShapePlots({ dataset, report }: PlotsOf) {
  const words = useWords(WORDS);
  const images = `/page/datasets/${dataset}/images`;
  return (
    <Asked query={ShapeFigures} variables={{ report }}>
      {({ biasReport }) =>
        'boxes' in biasReport && (
          <>
            <IntervalPlot
              title={words.boxes}
              description={words.boxesRead}
              name="agreement-on-boxes"
              marks={[0, 1]}
              rows={BOX_FIGURES.map((figure) => ({
                name: words[figure],
                estimate: biasReport.boxes[figure],
                href: images,
              }))}
            />
            <IntervalPlot
              title={words.boxPairs}
              description={words.pairsRead}
              name="boxes-by-pair"
              marks={[0, 1]}
              rows={biasReport.boxes.pairs.map(({ first, second, f1At50 }) => ({
                name: words.pair(first, second),
                estimate: f1At50,
                href: images,
              }))}
            />
            <IntervalPlot
              title={words.masks}
              description={words.masksRead}
              name="agreement-on-masks"
              marks={[0, 1]}
              rows={MASK_FIGURES.map((figure) => ({
                name: words[figure],
                estimate: biasReport.masks[figure],
                href: images,
              }))}
            />
            <IntervalPlot
              title={words.maskPairs}
              description={words.maskPairsRead}
              name="masks-by-pair"
              marks={[0, 1]}
              rows={biasReport.masks.pairs.map(({ first, second, dice }) => ({
                name: words.pair(first, second),
                estimate: dice,
                href: images,
              }))}
            />
          </>
        )
      }
    </Asked>
  );
}
