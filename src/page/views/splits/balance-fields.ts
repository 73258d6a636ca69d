import { graphql, type ResultOf } from '../../graphql.ts';
import { CardFields } from '../../parts/card.tsx';
import { EstimateFields } from '../../parts/estimate.tsx';

export const BalanceFields = graphql(
  `
    fragment BalanceFields on SplitReport @_unmask {
      cards { ...CardFields }
      balanceCount
      balance {
        name
        compared {
          part
          standardizedDifference { ...EstimateFields }
          percentile { ...EstimateFields }
          isBeyondChance
        }
      }
    }
  `,
  [CardFields, EstimateFields],
);

export type BalanceData = ResultOf<typeof BalanceFields>;
