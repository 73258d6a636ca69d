import { sha256Hex } from '../../kernel/sha256.ts';
import { DOCUMENT_STYLE, documentHtml } from './document-html.ts';
import { documentMarkdown } from './document-markdown.ts';
import type { GovernanceDocument } from './governance-document.ts';

export const DOCUMENT_FORMATS = ['html', 'md', 'json'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

const MEDIA_TYPES: Readonly<Record<DocumentFormat, string>> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
};

/** The bytes of a document, with their SHA-256; `style` is what a page allows itself, as a source of its policy. */
export interface DocumentFile {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly mediaType: string;
  readonly style?: string;
}

/** The JSON of a document, which its digest is of. */
export function documentJson(document: GovernanceDocument): { json: string; digest: string } {
  const json = `${JSON.stringify(document, null, 1)}\n`;
  return { json, digest: sha256Hex(json) };
}

export function documentFile(document: GovernanceDocument, format: DocumentFormat): DocumentFile {
  const { json, digest: stated } = documentJson(document);
  const text =
    format === 'json'
      ? json
      : format === 'html'
        ? documentHtml(document, stated)
        : documentMarkdown(document, stated);
  const bytes = Buffer.from(text, 'utf8');
  const file = { bytes, digest: sha256Hex(bytes), mediaType: MEDIA_TYPES[format] };
  return format === 'html' ? { ...file, style: DOCUMENT_STYLE } : file;
}
