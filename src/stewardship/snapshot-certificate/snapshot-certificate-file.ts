import { sha256Hex } from '../../kernel/sha256.ts';
import type { CertificateFile, CertificateFormat } from '../certificate/certificate-file.ts';
import { certificateHtml, PAGE_STYLE } from '../certificate/certificate-html.ts';
import { certificateMarkdown } from '../certificate/certificate-markdown.ts';
import type { SnapshotCertificate } from './snapshot-certificate.ts';
import { snapshotCertificatePage } from './snapshot-certificate-page.ts';

const MEDIA_TYPES: Readonly<Record<CertificateFormat, string>> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
};

/** The certificate of a snapshot in one of its forms. */
export function snapshotCertificateFile(
  certificate: SnapshotCertificate,
  format: CertificateFormat,
): CertificateFile {
  const json = JSON.stringify(certificate);
  const page = () => snapshotCertificatePage(certificate, sha256Hex(json));
  const text =
    format === 'json' ? json : format === 'html' ? certificateHtml(page()) : certificateMarkdown(page());
  const bytes = Buffer.from(text, 'utf8');
  const file = { bytes, digest: sha256Hex(bytes), mediaType: MEDIA_TYPES[format] };
  return format === 'html' ? { ...file, style: PAGE_STYLE } : file;
}
