import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { requestOfDatasetById } from '../../bias/ask-report.usecase.ts';
import { reportLoader } from '../../bias/bias.loaders.ts';
import { reportView } from '../../bias/report-view.ts';
import type { StoredReport } from '../../bias/stored-report.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import type { FrozenSplit } from '../../splits/split.ts';
import { SplitCertificateObject } from '../../splits/splits.schema.ts';
import { askedReport } from './asked-report.ts';
import { CertifiedProofObject } from './certificate.schema.ts';
import { certificateView } from './certificate-view.ts';

@Resolver(() => SplitCertificateObject)
export class SplitCertificateResolver {
  @FieldResolver(() => CertifiedProofObject, {
    nullable: true,
    description: 'The whole certificate, with its figures; null: a draft, which may still change.',
  })
  async proof(@Ctx() context: Context, @Root() { split }: SplitCertificateObject) {
    if (split.state !== 'FROZEN') return null;
    const report = await reportOf(context, split);
    return { ...certificateView(split, report.result), report: reportView(report) };
  }
}

async function reportOf(context: Context, split: FrozenSplit): Promise<StoredReport> {
  const request = await requestOfDatasetById(context, split.datasetId, 'SPLIT', askedReport(split));
  return perRequest(context, reportLoader).load(request);
}
