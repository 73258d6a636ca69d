import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { DatasetAcquisitionResolver, ImageAcquisitionResolver } from '../acquisition/acquisition.resolver.ts';
import {
  AnnotationResolver,
  DatasetAnnotationResolver,
  ImageAnnotationResolver,
} from '../annotation/annotation.resolver.ts';
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
import { DatasetResolver, ImageResolver, RevisionDiffResolver } from '../catalogue/catalogue.resolver.ts';
import {
  ConsensusOrderResolver,
  ConsensusResolver,
  DatasetConsensusResolver,
  ImageConsensusResolver,
} from '../consensus/consensus.resolver.ts';
import { GovernanceResolver } from '../governance/governance.resolver.ts';
import { DatasetIngestionResolver, ImageFactsResolver } from '../ingestion/ingestion.resolver.ts';
import { RenderingResolver, SnapshotRenderingsResolver } from '../renderings/renderings.resolver.ts';
import { SnapshotMethodsResolver } from '../runs/methods.resolver.ts';
import { RunReportResolver } from '../runs/run-report.resolver.ts';
import { DatasetRunsResolver, SnapshotRunsResolver, TrainingRunResolver } from '../runs/runs.resolver.ts';
import { DatasetSnapshotsResolver, SnapshotResolver } from '../snapshots/snapshots.resolver.ts';
import { DatasetSplitsResolver, SplitResolver } from '../splits/splits.resolver.ts';
import { SplitCertificateResolver } from '../stewardship/certificate/certificate.resolver.ts';
import { SnapshotStewardshipResolver } from '../stewardship/stewardship.resolver.ts';
import { enforceRules } from './enforce-rules.ts';
import { NodeResolver } from './node.resolver.ts';

/** Every chapter's resolvers as one schema, with the policy wrapped around every field. */
export async function graphqlSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      GovernanceResolver,
      DatasetResolver,
      ImageResolver,
      RevisionDiffResolver,
      DatasetAcquisitionResolver,
      ImageAcquisitionResolver,
      DatasetIngestionResolver,
      ImageFactsResolver,
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
      SnapshotStewardshipResolver,
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
