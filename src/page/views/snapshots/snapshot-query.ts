import { graphql, type ResultOf } from '../../graphql.ts';
import { FindingFields, ReviewFields } from './publication-record.tsx';

export const SnapshotOf = graphql(
  `
    query SnapshotOf($digest: String!) {
      snapshot(digest: $digest) {
        id
        digest
        header
        revision
        state
        view
        imageCount
        referenceCount
        annotationCount
        publishedAt
        tags
        files { name digest size }
        deprecation { reason successor deprecatedAt }
        publication {
          proposer
          message
          publishedBy
          rulesVersion
          findings { ...FindingFields }
          reviews { ...ReviewFields }
        }
      }
    }
  `,
  [FindingFields, ReviewFields],
);

export type SnapshotData = ResultOf<typeof SnapshotOf>['snapshot'];
