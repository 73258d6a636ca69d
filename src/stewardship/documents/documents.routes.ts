import { DomainError } from '../../kernel/errors.ts';
import type { ImmutableContent, Route } from '../../platform/http-route.ts';
import { canonicalDigest } from '../../snapshots/snapshot.ts';
import { serveOnRecord } from '../../snapshots/snapshots.routes.ts';
import { type DocumentFormat, documentFile } from './document-file.ts';
import { formOfSlug } from './document-forms.ts';
import type { DocumentForm } from './document-item.ts';
import { governanceDocument } from './governance-document.ts';
import {
  type DocumentMaterial,
  readDatasetMaterialBySlug,
  readSnapshotMaterial,
} from './read-document.usecase.ts';

const DATASHEET = /^datasheet\.(html|md|json)$/;

/** Documents of a dataset and of a snapshot. Stands before the renderings. */
export const documentRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/datasets/:slug/documents/:file',
    rule: 'dataset.read',
    async handle(context, exchange) {
      const { form, format } = asked(exchange.parameter('file'));
      const asOf = revisionOf(exchange.query('asOf'), 'asOf');
      const material = await readDatasetMaterialBySlug(context, exchange.parameter('slug'), asOf);
      await exchange.immutable(contentOf(form, format, material));
    },
  },
  ...['/snapshots/:digest/documents/:file', '/snapshots/:digest/:file'].map(
    (path): Route => ({
      method: 'get',
      path,
      rule: 'snapshot.fetch',
      accepts: (parameter) => path.includes('/documents/') || DATASHEET.test(parameter('file')),
      handle(context, exchange) {
        const digest = canonicalDigest(exchange.parameter('digest'));
        const file = exchange.parameter('file');
        const answersAsOf = revisionOf(exchange.query('answersAsOf'), 'answersAsOf');
        return serveOnRecord(context, exchange, { digest, file: `documents/${file}` }, async () => {
          const { form, format } = asked(file);
          return contentOf(form, format, await readSnapshotMaterial(context, { digest }, answersAsOf));
        });
      },
    }),
  ),
];

function asked(file: string): { form: DocumentForm; format: DocumentFormat } {
  const match = /^(.+)\.(html|md|json)$/s.exec(file);
  if (!match)
    throw new DomainError('NOT_FOUND', `"${file}" is no document; write DOCUMENT.html, .md or .json.`);
  return { form: formOfSlug(match[1]!), format: match[2] as DocumentFormat };
}

function revisionOf(text: string | null, name: string): number | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new DomainError('BAD_INPUT', `${name}: "${text}" is not the number of a revision.`);
}

/** A document may be told otherwise tomorrow: by a report that is made, or by another version of the server. */
function contentOf(
  form: DocumentForm,
  format: DocumentFormat,
  { facts, answers, answersAsOf }: DocumentMaterial,
): ImmutableContent {
  const { bytes, ...file } = documentFile(governanceDocument(form, facts, answers, answersAsOf), format);
  return {
    ...file,
    size: bytes.length,
    asksAgain: true,
    read: (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
  };
}
