import { useState } from 'preact/hooks';
import { lazy } from 'preact-iso';
import { graphql } from '../../graphql.ts';
import { dictionary, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Card } from '../../parts/card.tsx';
import { type BalanceData, BalanceFields } from './balance-fields.ts';

/** With the plotting library, when it is asked for. */
const BalancePlot = lazy(() => import('./balance-plot.tsx'));

const WORDS = dictionary(
  {
    title: 'Balance and leakage, judged',
    ask: 'Judge this draft',
    askHint: 'Computed from the images as they are now; it may take a while on a large dataset.',
  },
  {
    title: 'Équilibre et fuites, jugés',
    ask: 'Juger ce brouillon',
    askHint: 'Calculé sur les images telles qu’elles sont ; cela peut durer sur un grand jeu.',
  },
);

const CertifiedReport = graphql(
  `
    query CertifiedReport($dataset: String!, $name: String!) {
      dataset(slug: $dataset) { split(name: $name) { id certificate { proof { report { id } } } } }
    }
  `,
);

const CertifiedBalance = graphql(
  `
    query CertifiedBalance($report: ID!) {
      biasReport(id: $report) { id ... on SplitReport { ...BalanceFields } }
    }
  `,
  [BalanceFields],
);

const DraftBalance = graphql(
  `
    query DraftBalance($dataset: String!, $name: String!) {
      dataset(slug: $dataset) { splitReport(split: $name) { id ...BalanceFields } }
    }
  `,
  [BalanceFields],
);

interface SplitBalanceProps {
  dataset: string;
  split: string;
  isFrozen: boolean;
}

export function SplitBalance({ dataset, split, isFrozen }: SplitBalanceProps) {
  const words = useWords(WORDS);
  const [isAsked, ask] = useState(false);
  const variables = { dataset, name: split };
  return (
    <>
      <h2>{words.title}</h2>
      {isFrozen ? (
        <Asked query={CertifiedReport} variables={variables}>
          {({ dataset: held }) => {
            const report = held.split?.certificate.proof?.report.id;
            return report ? <Certified report={report} split={split} /> : null;
          }}
        </Asked>
      ) : isAsked ? (
        <Asked query={DraftBalance} variables={variables}>
          {({ dataset: held }) => <Judged report={held.splitReport} split={split} />}
        </Asked>
      ) : (
        <p>
          <button type="button" onClick={() => ask(true)}>
            {words.ask}
          </button>{' '}
          {words.askHint}
        </p>
      )}
    </>
  );
}

/** The very report that the certificate is made of. */
function Certified({ report, split }: { report: string; split: string }) {
  return (
    <Asked query={CertifiedBalance} variables={{ report }}>
      {({ biasReport }) => ('balance' in biasReport ? <Judged report={biasReport} split={split} /> : null)}
    </Asked>
  );
}

function Judged({ report, split }: { report: BalanceData; split: string }) {
  return (
    <>
      <div class="cards">
        {report.cards.map((card) => (
          <Card key={card.kind} card={card} />
        ))}
      </div>
      {report.balance.length > 0 && <BalancePlot report={report} split={split} />}
    </>
  );
}
