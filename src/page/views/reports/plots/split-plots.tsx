import { graphql } from '../../../graphql.ts';
import { dictionary, useWords } from '../../../language.tsx';
import { Asked } from '../../../parts/asked.tsx';
import { EstimateFields } from '../../../parts/estimate.tsx';
import { IntervalPlot } from './interval-plot.tsx';
import type { PlotsOf } from './plots-of.ts';

const WORDS = dictionary(
  {
    parts: 'Images of each part',
    partsRead: 'How many images each part holds.',
    balance: (part: string) => `How far ${part} differs from the first part`,
    balanceRead: 'Total variation of each factor between the parts; 0 is alike, 1 nothing in common.',
    shared: 'What stands in two parts',
    sharedRead: 'Groups of each key that lie in more than one part; anything above 0 leaks.',
  },
  {
    parts: 'Images de chaque partie',
    partsRead: 'Combien d’images contient chaque partie.',
    balance: (part: string) => `De combien ${part} diffère de la première partie`,
    balanceRead: 'Variation totale de chaque facteur entre les parties ; 0 est semblable, 1 rien en commun.',
    shared: 'Ce qui est dans deux parties',
    sharedRead: 'Groupes de chaque clef présents dans plus d’une partie ; au-dessus de 0, il y a fuite.',
  },
);

const SplitFigures = graphql(
  `
    query SplitFigures($report: ID!) {
      biasReport(id: $report) {
        id
        ... on SplitReport {
          parts { part images { ...EstimateFields } }
          balance { name compared { part totalVariation { ...EstimateFields } } }
          leakage { keys { key sharedGroups { ...EstimateFields } } }
        }
      }
    }
  `,
  [EstimateFields],
);

export function SplitPlots({ report }: PlotsOf) {
  const words = useWords(WORDS);
  return (
    <Asked query={SplitFigures} variables={{ report }}>
      {({ biasReport }) => {
        if (!('balance' in biasReport)) return null;
        const compared = [
          ...new Set(biasReport.balance.flatMap((variable) => variable.compared.map(({ part }) => part))),
        ];
        return (
          <>
            <IntervalPlot
              title={words.parts}
              description={words.partsRead}
              name="parts"
              areCounts
              marks={[0]}
              rows={biasReport.parts.map(({ part, images }) => ({
                name: part,
                estimate: images,
                href: null,
              }))}
            />
            {compared.map((part) => (
              <IntervalPlot
                key={part}
                title={words.balance(part)}
                description={words.balanceRead}
                name={`balance-${part}`}
                marks={[0]}
                rows={biasReport.balance.flatMap(({ name, compared: parts }) => {
                  const found = parts.find((each) => each.part === part);
                  return found ? [{ name, estimate: found.totalVariation, href: null }] : [];
                })}
              />
            ))}
            <IntervalPlot
              title={words.shared}
              description={words.sharedRead}
              name="shared-groups"
              marks={[0]}
              rows={biasReport.leakage.keys.map(({ key, sharedGroups }) => ({
                name: key,
                estimate: sharedGroups,
                href: null,
              }))}
            />
          </>
        );
      }}
    </Asked>
  );
}
