import { accepted, ask, PROBLEM } from './graphql.ts';
import { getBytes, type ServerAccess } from './http.ts';
import { subjectOf } from './read-reports.ts';

const MOST_BYTES = 64 * 2 ** 20;

/** In the order of docs/documents.md. */
export const DOCUMENT_NAMES = [
  'datasheet',
  'data-card',
  'neurips',
  'ai-act',
  'miappe',
  'rembi-mifa',
] as const;

export interface DocumentWish {
  /** A slug, or what names a snapshot. */
  readonly reference: string;
  readonly kind: (typeof DOCUMENT_NAMES)[number];
  readonly format: 'html' | 'md' | 'json';
  /** People's answers as of this revision; of a dataset, all of it. */
  readonly asOf?: number;
}

/** A document of a dataset as it stands, or of a snapshot, byte for byte as the server has it. */
export async function readDocument(
  access: ServerAccess,
  { reference, kind, format, asOf }: DocumentWish,
): Promise<Buffer> {
  const { dataset, snapshot } = await subjectOf(access, reference);
  const subject = snapshot ? `/snapshots/${snapshot}` : `/datasets/${encodeURIComponent(dataset)}`;
  const name = snapshot ? 'answersAsOf' : 'asOf';
  const query = asOf === undefined ? '' : `?${name}=${asOf}`;
  return getBytes(access, `${subject}/documents/${kind}.${format}${query}`, MOST_BYTES);
}

export interface Answered {
  readonly dataset: { readonly slug: string; readonly revision: number };
  readonly items: readonly string[];
}

/** Writes what people alone know; null takes it back. */
export async function answerDocument(
  access: ServerAccess,
  input: { dataset: string; item: string; text: string | null },
): Promise<Answered> {
  const { answerDocument: result } = await ask<{ answerDocument: Answered }>(
    access,
    `mutation Answer($input: AnswerDocumentInput!) {
       answerDocument(input: $input) { ... on AnsweredQuestion { items dataset { slug revision } } ${PROBLEM} } }`,
    { input },
  );
  return accepted(result);
}
