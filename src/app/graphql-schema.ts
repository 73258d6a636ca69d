import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { DatasetAcquisitionResolver, ImageAcquisitionResolver } from '../acquisition/acquisition.resolver.ts';
import { DatasetConsentResolver } from '../acquisition/consent/consent.resolver.ts';
import {
  AnnotationResolver,
  DatasetAnnotationResolver,
  ImageAnnotationResolver,
} from '../annotation/annotation.resolver.ts';
import { DatasetImagesResolver } from '../annotation/filter/filter-images.resolver.ts';
import { AnnotationRoundResolver, DatasetRoundResolver } from '../annotation/rounds.resolver.ts';
import { DatasetBiasResolver } from '../bias/bias.resolver.ts';
import {
  DatasetReportsResolver,
  ImageSelectionResolver,
  ReportOrderResolver,
  ReportsResolver,
  SnapshotReportsResolver,
  SplitReportsResolver,
} from '../bias/reports.resolver.ts';
import { TargetResolver } from '../bias/target/target.resolver.ts';
import { ThresholdResolver } from '../bias/threshold/threshold.resolver.ts';
import {
  DatasetAccessResolver,
  HeldGrantResolver,
  TokenDatasetsResolver,
  ViewerPrivilegesResolver,
} from '../catalogue/access/access.resolver.ts';
import { DatasetResolver, ImageResolver, RevisionDiffResolver } from '../catalogue/catalogue.resolver.ts';
import { DatasetTermsResolver, TermsResolver } from '../catalogue/terms/terms.resolver.ts';
import {
  ConsensusOrderResolver,
  ConsensusResolver,
  DatasetConsensusResolver,
  ImageConsensusResolver,
} from '../consensus/consensus.resolver.ts';
import { AuditEventResolver } from '../governance/audit.resolver.ts';
import { GovernanceResolver } from '../governance/governance.resolver.ts';
import { GroupsResolver } from '../governance/groups.resolver.ts';
import { PrincipalsResolver, ViewerAccessResolver } from '../governance/principals.resolver.ts';
import { DatasetIngestionResolver, ImageFactsResolver } from '../ingestion/ingestion.resolver.ts';
import { ImagePreviewResolver, PreviewStretchResolver } from '../ingestion/previews/previews.resolver.ts';
import { RenderingResolver, SnapshotRenderingsResolver } from '../renderings/renderings.resolver.ts';
import { SnapshotMethodsResolver } from '../runs/methods.resolver.ts';
import { RunReportResolver } from '../runs/run-report.resolver.ts';
import { DatasetRunsResolver, SnapshotRunsResolver, TrainingRunResolver } from '../runs/runs.resolver.ts';
import { DatasetSnapshotsResolver, SnapshotResolver } from '../snapshots/snapshots.resolver.ts';
import { DatasetSplitsResolver, SplitResolver } from '../splits/splits.resolver.ts';
import {
  SnapshotCertificateResolver,
  SplitCertificateResolver,
} from '../stewardship/certificate/certificate.resolver.ts';
import {
  SnapshotConsumersResolver,
  ViewerNoticesResolver,
  WithdrawalConsumersResolver,
} from '../stewardship/consumers/consumers.resolver.ts';
import { ViewerWebhooksResolver, WebhooksResolver } from '../stewardship/consumers/webhooks.resolver.ts';
import {
  DatasetDocumentsResolver,
  SnapshotDocumentsResolver,
} from '../stewardship/documents/documents.resolver.ts';
import { ImageHistoryResolver } from '../stewardship/image-history/image-history.resolver.ts';
import { DatasetJobsResolver } from '../stewardship/jobs/jobs.resolver.ts';
import {
  DatasetPublicationResolver,
  ProposalResolver,
  SnapshotPublicationResolver,
} from '../stewardship/publication/publication.resolver.ts';
import { SnapshotStewardshipResolver } from '../stewardship/stewardship.resolver.ts';
import {
  DatasetWithdrawalsResolver,
  SnapshotWithdrawalsResolver,
  SuccessorProposalResolver,
  WithdrawalResolver,
  WithdrawalSuccessorsResolver,
} from '../stewardship/withdrawal/withdrawal.resolver.ts';
import { enforceRules } from './enforce-rules.ts';
import { NodeResolver } from './node.resolver.ts';

let built: Promise<GraphQLSchema> | undefined;

/** Every chapter's resolvers as one schema, with the policy wrapped around every field; made once a process. */
export function graphqlSchema(): Promise<GraphQLSchema> {
  built ??= buildGraphqlSchema();
  return built;
}

async function buildGraphqlSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      GovernanceResolver,
      GroupsResolver,
      PrincipalsResolver,
      ViewerAccessResolver,
      HeldGrantResolver,
      TokenDatasetsResolver,
      DatasetAccessResolver,
      ViewerPrivilegesResolver,
      AuditEventResolver,
      SnapshotConsumersResolver,
      WithdrawalConsumersResolver,
      ViewerNoticesResolver,
      WebhooksResolver,
      ViewerWebhooksResolver,
      WithdrawalResolver,
      DatasetWithdrawalsResolver,
      SnapshotWithdrawalsResolver,
      WithdrawalSuccessorsResolver,
      SuccessorProposalResolver,
      DatasetResolver,
      ImageResolver,
      RevisionDiffResolver,
      DatasetTermsResolver,
      TermsResolver,
      DatasetConsentResolver,
      DatasetAcquisitionResolver,
      ImageAcquisitionResolver,
      DatasetIngestionResolver,
      ImageFactsResolver,
      ImagePreviewResolver,
      PreviewStretchResolver,
      DatasetImagesResolver,
      DatasetAnnotationResolver,
      AnnotationRoundResolver,
      ConsensusResolver,
      ConsensusOrderResolver,
      DatasetConsensusResolver,
      ImageConsensusResolver,
      DatasetRoundResolver,
      ImageAnnotationResolver,
      AnnotationResolver,
      DatasetSplitsResolver,
      SplitResolver,
      DatasetSnapshotsResolver,
      SnapshotResolver,
      DatasetBiasResolver,
      TargetResolver,
      ThresholdResolver,
      ReportsResolver,
      DatasetReportsResolver,
      SplitReportsResolver,
      SnapshotReportsResolver,
      ReportOrderResolver,
      ImageSelectionResolver,
      SnapshotRunsResolver,
      DatasetRunsResolver,
      TrainingRunResolver,
      RunReportResolver,
      SnapshotMethodsResolver,
      SnapshotRenderingsResolver,
      RenderingResolver,
      SplitCertificateResolver,
      SnapshotCertificateResolver,
      DatasetDocumentsResolver,
      SnapshotDocumentsResolver,
      DatasetJobsResolver,
      ImageHistoryResolver,
      SnapshotStewardshipResolver,
      DatasetPublicationResolver,
      SnapshotPublicationResolver,
      ProposalResolver,
      NodeResolver,
    ],
    validate: false,
  });
  schema.getQueryType()!.description =
    'What can be read; bytes and snapshots are fetched over HTTP beside it.';
  schema.getMutationType()!.description =
    'What can be changed; every change is judged, recorded, and refused with a typed reason.';
  return enforceRules(schema);
}
