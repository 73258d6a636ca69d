import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { requestOfDatasetById, requestOfSnapshotById } from '../../bias/ask-report.usecase.ts';
import { reportLoader } from '../../bias/bias.loaders.ts';
import type { ReportRequest } from '../../bias/report-request.ts';
import { reportView } from '../../bias/report-view.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import { SnapshotObject } from '../../snapshots/snapshots.schema.ts';
import type { FrozenSplit } from '../../splits/split.ts';
import { SplitCertificateObject } from '../../splits/splits.schema.ts';
import { askedReport } from './asked-report.ts';
import { CertifiedProofObject } from './certificate.schema.ts';
import { certificateView } from './certificate-view.ts';
import { carriedSplit } from './read-certificate.usecase.ts';

@Resolver(() => SplitCertificateObject)
export class SplitCertificateResolver {
  @FieldResolver(() => CertifiedProofObject, {
    nullable: true,
    description: 'The whole certificate, with its figures; null: a draft, which may still change.',
  })
  async proof(@Ctx() context: Context, @Root() { split }: SplitCertificateObject) {
    if (split.state !== 'FROZEN') return null;
    const request = await requestOfDatasetById(context, split.datasetId, 'SPLIT', askedReport(split));
    return proofOf(context, split, request);
  }
}

@Resolver(() => SnapshotObject)
export class SnapshotCertificateResolver {
  @FieldResolver(() => CertifiedProofObject, {
    nullable: true,
    description:
      'The certificate of a split that it carries, of the images in it; null, with the fault, where it carries no such split.',
  })
  async certificate(
    @Ctx() context: Context,
    @Root() snapshot: SnapshotObject,
    @Arg('split', () => String, { description: 'Name of the split.' }) name: string,
  ) {
    const split = await carriedSplit(context, snapshot, name);
    const request = await requestOfSnapshotById(context, snapshot, 'SPLIT', askedReport(split));
    return proofOf(context, split, request);
  }
}

async function proofOf(context: Context, split: FrozenSplit, request: ReportRequest) {
  const report = await perRequest(context, reportLoader).load(request);
  return { ...certificateView(split, report.result), report: reportView(report) };
}
