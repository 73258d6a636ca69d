import { graphql, type ResultOf } from '../../graphql.ts';
import { FindingFields, ReviewFields } from './publication-record.tsx';

export const ProposalOf = graphql(
  `
    query ProposalOf($dataset: String!, $id: ID!) {
      viewer { name }
      dataset(slug: $dataset) { title }
      proposal(id: $id) {
        id
        message
        digest
        header
        revision
        imageCount
        referenceCount
        annotationCount
        tag
        state
        proposer
        proposedAt
        endedBy
        endedAt
        rulesVersion
        findings { ...FindingFields }
        reviews { ...ReviewFields }
      }
    }
  `,
  [FindingFields, ReviewFields],
);

export type ProposalData = ResultOf<typeof ProposalOf>['proposal'];
