import { graphql, type ResultOf } from '../../graphql.ts';

export const ReachOf = graphql(`
  query ReachOf($dataset: String!, $images: [String!], $subject: String, $formerImages: FormerImages) {
    dataset(slug: $dataset) {
      withdrawalReach(images: $images, subject: $subject, formerImages: $formerImages) {
        images
        formerImages
        annotations
        snapshots
        renderings
        trainingRuns
        consumers
      }
    }
  }
`);
export type ReachData = ResultOf<typeof ReachOf>['dataset']['withdrawalReach'];
