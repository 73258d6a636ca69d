import { DataSource, type DataSourceOptions } from 'typeorm';
import { FirstHouse1764000000000 } from './migrations/1764000000000-first-house.ts';
import { SignedReports1764100000000 } from './migrations/1764100000000-signed-reports.ts';
import { JobQueue1764200000000 } from './migrations/1764200000000-job-queue.ts';
import { EveryRater1764300000000 } from './migrations/1764300000000-every-rater.ts';
import { Renderings1764500000000 } from './migrations/1764500000000-renderings.ts';
import { TrainingRuns1764600000000 } from './migrations/1764600000000-training-runs.ts';
import { SigningKeys1764700000000 } from './migrations/1764700000000-signing-keys.ts';
import { GroupsAndTermsOfGrants1765000000000 } from './migrations/1765000000000-groups-and-terms-of-grants.ts';
import { Identities1765100000000 } from './migrations/1765100000000-identities.ts';
import { AuditCheckpoints1765200000000 } from './migrations/1765200000000-audit-checkpoints.ts';
import { Publication1765300000000 } from './migrations/1765300000000-publication.ts';
import { Withdrawals1765400000000 } from './migrations/1765400000000-withdrawals.ts';
import { Webhooks1765500000000 } from './migrations/1765500000000-webhooks.ts';
import { Terms1765600000000 } from './migrations/1765600000000-terms.ts';
import { Documents1765700000000 } from './migrations/1765700000000-documents.ts';
import { TokenDatasets1765800000000 } from './migrations/1765800000000-token-datasets.ts';
import { WithdrawalSuccessors1765850000000 } from './migrations/1765850000000-withdrawal-successors.ts';
import { Previews1765860000000 } from './migrations/1765860000000-previews.ts';
import { AcquisitionRow, DeclaredFactorRow } from './src/acquisition/acquisition.tables.ts';
import { SubjectConsentRow } from './src/acquisition/consent/consent.tables.ts';
import {
  AnnotationRoundRow,
  AnnotationRow,
  AnnotatorAccountRow,
  AnnotatorRow,
  GuidelineRow,
  RoundAssignmentRow,
} from './src/annotation/annotation.tables.ts';
import {
  BiasReportRequestRow,
  BiasReportRow,
  BiasThresholdRow,
  TargetShareRow,
  TargetStratumRow,
} from './src/bias/bias.tables.ts';
import {
  DatasetDescriptionRow,
  DatasetRow,
  ExclusionRow,
  ImageRow,
  LabelClassRow,
  RevisionRow,
} from './src/catalogue/catalogue.tables.ts';
import { DatasetTermsRow, TermsAcceptanceRow } from './src/catalogue/terms/terms.tables.ts';
import {
  WithdrawalCompletionRow,
  WithdrawalRow,
  WithdrawnImageRow,
} from './src/catalogue/withdrawal.tables.ts';
import { ConsensusItemRow, ConsensusOrderRow, ConsensusRow } from './src/consensus/consensus.tables.ts';
import {
  AccessTokenRow,
  AuditCheckpointRow,
  AuditEventRow,
  AuditHeadRow,
  GroupMemberRow,
  OpenScopeRow,
  PrincipalIdentityRow,
  PrincipalRow,
  RoleGrantRow,
} from './src/governance/governance.tables.ts';
import { ContentFactsRow, DeclaredDuplicateRow, RefusedImageRow } from './src/ingestion/ingestion.tables.ts';
import { PreviewRow } from './src/ingestion/previews/previews.tables.ts';
import { JobRow } from './src/platform/job.tables.ts';
import { RenderingFileRow, RenderingRow } from './src/renderings/renderings.tables.ts';
import {
  TrainingRunFactRow,
  TrainingRunMetricRow,
  TrainingRunOutcomeRow,
  TrainingRunRow,
  TrainingRunWithdrawalRow,
} from './src/runs/runs.tables.ts';
import { AttestationRow, ManifestShardRow, SigningKeyRow } from './src/snapshots/attestations.tables.ts';
import { SnapshotFileRow, SnapshotRow, SnapshotTagRow } from './src/snapshots/snapshots.tables.ts';
import { SnapshotViewFileRow, SnapshotViewRow, SnapshotWithdrawalRow } from './src/snapshots/views.tables.ts';
import { SplitAssignmentRow, SplitRow } from './src/splits/splits.tables.ts';
import { WebhookDeliveryRow, WebhookRow } from './src/stewardship/consumers/webhooks.tables.ts';
import { DocumentAnswerRow } from './src/stewardship/documents/documents.tables.ts';
import {
  PublicationRuleRow,
  PublicationRulesRow,
  SnapshotProposalEndRow,
  SnapshotProposalFileRow,
  SnapshotProposalFindingRow,
  SnapshotProposalReviewRow,
  SnapshotProposalRow,
  SnapshotProposalWaiverRow,
} from './src/stewardship/publication/publication.tables.ts';
import { SnapshotDeprecationRow } from './src/stewardship/stewardship.tables.ts';
import { WithdrawalSuccessorRow } from './src/stewardship/withdrawal/successors.tables.ts';

/** How TypeORM sees the database, whichever it is; only the address differs. */
export function ormOptions(address: { url: string } | { host: string; port: number }): DataSourceOptions {
  return {
    type: 'postgres',
    ...('url' in address
      ? { url: address.url }
      : { host: address.host, port: address.port, username: 'postgres', database: 'postgres', poolSize: 8 }),
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    migrations: [
      FirstHouse1764000000000,
      SignedReports1764100000000,
      JobQueue1764200000000,
      EveryRater1764300000000,
      Renderings1764500000000,
      TrainingRuns1764600000000,
      SigningKeys1764700000000,
      GroupsAndTermsOfGrants1765000000000,
      Identities1765100000000,
      AuditCheckpoints1765200000000,
      Publication1765300000000,
      Withdrawals1765400000000,
      Webhooks1765500000000,
      Terms1765600000000,
      Documents1765700000000,
      TokenDatasets1765800000000,
      WithdrawalSuccessors1765850000000,
      Previews1765860000000,
    ],
    migrationsTransactionMode: 'each',
    entities: [
      PrincipalRow,
      PrincipalIdentityRow,
      AccessTokenRow,
      RoleGrantRow,
      GroupMemberRow,
      OpenScopeRow,
      AuditEventRow,
      AuditHeadRow,
      AuditCheckpointRow,
      DatasetRow,
      RevisionRow,
      DatasetDescriptionRow,
      LabelClassRow,
      ImageRow,
      ExclusionRow,
      DatasetTermsRow,
      TermsAcceptanceRow,
      AcquisitionRow,
      SubjectConsentRow,
      DeclaredFactorRow,
      ContentFactsRow,
      PreviewRow,
      RefusedImageRow,
      DeclaredDuplicateRow,
      AnnotatorRow,
      AnnotatorAccountRow,
      GuidelineRow,
      AnnotationRoundRow,
      RoundAssignmentRow,
      AnnotationRow,
      ConsensusRow,
      ConsensusItemRow,
      ConsensusOrderRow,
      SplitRow,
      SplitAssignmentRow,
      SnapshotRow,
      SnapshotFileRow,
      SnapshotTagRow,
      SigningKeyRow,
      AttestationRow,
      ManifestShardRow,
      TargetShareRow,
      TargetStratumRow,
      BiasThresholdRow,
      BiasReportRow,
      BiasReportRequestRow,
      TrainingRunRow,
      TrainingRunMetricRow,
      TrainingRunFactRow,
      TrainingRunOutcomeRow,
      TrainingRunWithdrawalRow,
      RenderingRow,
      RenderingFileRow,
      SnapshotDeprecationRow,
      PublicationRulesRow,
      PublicationRuleRow,
      SnapshotProposalRow,
      SnapshotProposalFileRow,
      SnapshotProposalFindingRow,
      SnapshotProposalReviewRow,
      SnapshotProposalWaiverRow,
      SnapshotProposalEndRow,
      DocumentAnswerRow,
      WithdrawalRow,
      WithdrawnImageRow,
      WithdrawalCompletionRow,
      WithdrawalSuccessorRow,
      SnapshotViewRow,
      SnapshotViewFileRow,
      SnapshotWithdrawalRow,
      WebhookRow,
      WebhookDeliveryRow,
      JobRow,
    ],
  };
}

/** For TypeORM's own command line, against a real server. */
export default new DataSource(
  ormOptions({ url: process.env.DATABASE_URL ?? 'postgres://localhost/holotype' }),
);
