import { requestOfDataset, requestOfSnapshotById } from '../../bias/ask-report.usecase.ts';
import { makeReports } from '../../bias/make-reports.usecase.ts';
import type { ReportRequest } from '../../bias/report-request.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import type { ImmutableContent, Route } from '../../platform/http-route.ts';
import { canonicalDigest } from '../../snapshots/snapshot.ts';
import { serveOnRecord } from '../../snapshots/snapshots.routes.ts';
import type { FrozenSplit } from '../../splits/split.ts';
import { askedReport } from './asked-report.ts';
import { type CertificateFormat, certificateFile } from './certificate-file.ts';
import { certifiedSplit, certifiedSplitOfSnapshot } from './read-certificate.usecase.ts';

const FILE = /^(.+)\.(html|md|json)$/s;

/** The certificate of a frozen split, as it stands and of a snapshot that carries it. Stands before the renderings. */
export const certificateRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/datasets/:slug/splits/:name/:file',
    rule: 'dataset.read',
    async handle(context, exchange) {
      const name = exchange.parameter('name');
      const file = exchange.parameter('file');
      const format = /^certificate\.(html|md|json)$/.exec(file)?.[1] as CertificateFormat | undefined;
      if (!format)
        throw new DomainError('NOT_FOUND', `"${file}" is not here; write certificate.html, .md or .json.`);
      const { dataset, split } = await certifiedSplit(context, exchange.parameter('slug'), name);
      const request = await requestOfDataset(context, dataset, 'SPLIT', askedReport(split));
      await exchange.immutable(await openCertificate(context, split, request, format));
    },
  },
  {
    method: 'get',
    path: '/snapshots/:digest/certificates/:file',
    rule: 'snapshot.fetch',
    handle(context, exchange) {
      const digest = canonicalDigest(exchange.parameter('digest'));
      const file = exchange.parameter('file');
      return serveOnRecord(context, exchange, { digest, file: `certificates/${file}` }, async () => {
        const match = FILE.exec(file);
        if (!match)
          throw new DomainError('NOT_FOUND', `"${file}" is no certificate; write SPLIT.html, .md or .json.`);
        const { snapshot, split } = await certifiedSplitOfSnapshot(context, digest, match[1]!);
        const request = await requestOfSnapshotById(context, snapshot, 'SPLIT', askedReport(split));
        return openCertificate(context, split, request, match[2] as CertificateFormat);
      });
    },
  },
];

async function openCertificate(
  context: Context,
  split: FrozenSplit,
  request: ReportRequest,
  format: CertificateFormat,
): Promise<ImmutableContent> {
  const [report] = await makeReports(context, [request]);
  const { bytes, ...content } = certificateFile(split, report!.result, format);
  return {
    ...content,
    size: bytes.length,
    asksAgain: true,
    read: (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
  };
}
