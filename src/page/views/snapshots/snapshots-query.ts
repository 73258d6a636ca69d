import { graphql, type ResultOf } from '../../graphql.ts';

export const SnapshotsHead = graphql(`
  query SnapshotsHead($dataset: String!) {
    dataset(slug: $dataset) {
      title
      revision
      licence
      dataUseTerms
      imageCounts { kept excluded }
      annotationCount
      guidelines { version }
      publicationRules { version declaredBy rules { key kind meaning threshold } }
      splits(first: 100) { nodes { name state revision certificate { leaks } } }
      consensuses(first: 100) { nodes { id name method revision itemCount } }
      snapshots(first: 100) { nodes { digest tags publishedAt } }
    }
  }
`);

export type SnapshotsHeadData = ResultOf<typeof SnapshotsHead>['dataset'];
