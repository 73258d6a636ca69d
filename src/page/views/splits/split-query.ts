import { graphql, type ResultOf } from '../../graphql.ts';

export const SplitOf = graphql(`
  query SplitOf($dataset: String!, $name: String!) {
    dataset(slug: $dataset) {
      title
      unit
      split(name: $name) {
        id
        name
        state
        revision
        strategy
        seed
        folds
        groupBy
        stratifyBy
        digest
        createdAt
        frozenAt
        certificate {
          algorithm
          leaks
          waiver
          counts { part asked share images groups imagesWithoutGroup }
          sharedGroups { status reason count listed { key value parts } }
          exactDuplicates { status reason count listed { images parts distance correlation } }
          nearDuplicates { status reason count listed { images parts distance correlation } }
          missingGroupKeys { count share treatment }
        }
      }
    }
  }
`);

export type SplitData = NonNullable<ResultOf<typeof SplitOf>['dataset']['split']>;
