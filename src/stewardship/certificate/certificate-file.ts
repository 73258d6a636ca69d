import { sha256Hex } from '../../kernel/sha256.ts';
import type { FrozenSplit } from '../../splits/split.ts';
import { certificateDocument, type SplitReportOfKind } from './certificate-document.ts';
import { certificateHtml, PAGE_STYLE } from './certificate-html.ts';
import { certificateMarkdown } from './certificate-markdown.ts';
import { certificatePage } from './certificate-page.ts';

export const CERTIFICATE_FORMATS = ['html', 'md', 'json'] as const;
export type CertificateFormat = (typeof CERTIFICATE_FORMATS)[number];

const MEDIA_TYPES: Readonly<Record<CertificateFormat, string>> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
};

/** The bytes of a certificate, with their SHA-256; `style` is what a page allows itself, as a source of its policy. */
export interface CertificateFile {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly mediaType: string;
  readonly style?: string;
}

/** A certificate and its JSON, which its digest is of. `report`: the stored JSON of the split report on it. */
export function certificateJson(split: FrozenSplit, report: string) {
  const document = certificateDocument(split, JSON.parse(report) as SplitReportOfKind);
  return { document, json: JSON.stringify(document) };
}

/** A certificate in one of its forms. */
export function certificateFile(
  split: FrozenSplit,
  report: string,
  format: CertificateFormat,
): CertificateFile {
  const { document, json } = certificateJson(split, report);
  const page = () => certificatePage(document, sha256Hex(json));
  const text =
    format === 'json' ? json : format === 'html' ? certificateHtml(page()) : certificateMarkdown(page());
  const bytes = Buffer.from(text, 'utf8');
  const file = { bytes, digest: sha256Hex(bytes), mediaType: MEDIA_TYPES[format] };
  return format === 'html' ? { ...file, style: PAGE_STYLE } : file;
}
