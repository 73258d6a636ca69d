import { DataSource, type DataSourceOptions } from 'typeorm';
import { FirstHouse1764000000000 } from './migrations/1764000000000-first-house.ts';
import { SignedReports1764100000000 } from './migrations/1764100000000-signed-reports.ts';
import { JobQueue1764200000000 } from './migrations/1764200000000-job-queue.ts';
import { EveryRater1764300000000 } from './migrations/1764300000000-every-rater.ts';
import { Renderings1764500000000 } from './migrations/1764500000000-renderings.ts';
import { TrainingRuns1764600000000 } from './migrations/1764600000000-training-runs.ts';
import { SigningKeys1764700000000 } from './migrations/1764700000000-signing-keys.ts';
import { AcquisitionRow, DeclaredFactorRow } from './src/acquisition/acquisition.tables.ts';
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
import { ConsensusItemRow, ConsensusOrderRow, ConsensusRow } from './src/consensus/consensus.tables.ts';
import {
  AccessTokenRow,
  AuditEventRow,
  AuditHeadRow,
  PrincipalRow,
  RoleGrantRow,
} from './src/governance/governance.tables.ts';
import { ContentFactsRow, DeclaredDuplicateRow, RefusedImageRow } from './src/ingestion/ingestion.tables.ts';
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
import { SplitAssignmentRow, SplitRow } from './src/splits/splits.tables.ts';
import { SnapshotDeprecationRow } from './src/stewardship/stewardship.tables.ts';

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
    ],
    migrationsTransactionMode: 'each',
    entities: [
      PrincipalRow,
      AccessTokenRow,
      RoleGrantRow,
      AuditEventRow,
      AuditHeadRow,
      DatasetRow,
      RevisionRow,
      DatasetDescriptionRow,
      LabelClassRow,
      ImageRow,
      ExclusionRow,
      AcquisitionRow,
      DeclaredFactorRow,
      ContentFactsRow,
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
      JobRow,
    ],
  };
}

/** For TypeORM's own command line, against a real server. */
export default new DataSource(
  ormOptions({ url: process.env.DATABASE_URL ?? 'postgres://localhost/holotype' }),
);
