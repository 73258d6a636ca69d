import type { Route } from '../../platform/http-route.ts';
import { canonicalDigest } from '../../snapshots/snapshot.ts';
import { serveOnRecord } from '../../snapshots/snapshots.routes.ts';
import type { CertificateFormat } from '../certificate/certificate-file.ts';
import { readSnapshotCertificate } from './read-snapshot-certificate.usecase.ts';
import { snapshotCertificateFile } from './snapshot-certificate-file.ts';

const FILE = /^certificate\.(html|md|json)$/;

/** The certificate of a snapshot, at an address that its digest names for ever. Stands before the renderings. */
export const snapshotCertificateRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/snapshots/:digest/:certificate',
    rule: 'snapshot.fetch',
    accepts: (parameter) => FILE.test(parameter('certificate')),
    handle(context, exchange) {
      const digest = canonicalDigest(exchange.parameter('digest'));
      const file = exchange.parameter('certificate');
      return serveOnRecord(context, exchange, { digest, file }, async () => {
        const format = FILE.exec(file)![1] as CertificateFormat;
        const { bytes, ...content } = snapshotCertificateFile(
          await readSnapshotCertificate(context, digest),
          format,
        );
        return {
          ...content,
          size: bytes.length,
          asksAgain: true,
          read: (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
        };
      });
    },
  },
];
