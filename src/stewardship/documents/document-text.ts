import type { GovernanceDocument } from './governance-document.ts';

/** Shown where neither the record nor anybody has an answer. */
export const UNANSWERED = 'Unanswered.';

/** The items in the sections in which they stand. */
export function sectionsOf<T extends { readonly section: string }>(
  items: readonly T[],
): { title: string; items: readonly T[] }[] {
  const sections = new Map<string, T[]>();
  for (const item of items) sections.set(item.section, [...(sections.get(item.section) ?? []), item]);
  return [...sections].map(([title, held]) => ({ title, items: held }));
}

/** What a document says of itself, line by line. `digest`: SHA-256 of its JSON, in hexadecimal. */
export function headingFacts(
  { subject, source }: GovernanceDocument,
  digest: string,
): (readonly [name: string, value: string])[] {
  return [
    ['Dataset', `${subject.dataset}, as of revision ${subject.revision}`],
    ...(subject.snapshot === null ? [] : [['Snapshot', subject.snapshot] as const]),
    ['What people wrote', `as of revision ${subject.answersAsOf}`],
    ['Follows', source],
    ['Digest of this document', `sha256:${digest} (of its JSON)`],
  ];
}

/** How far it is answered, in one sentence. */
export function completenessText({ completeness, items }: GovernanceDocument): string {
  const { answered, partly, of, requiredAnswered, requiredOf } = completeness;
  const none = items.filter(({ kind }) => kind === 'UNANSWERED').length;
  const required =
    requiredOf === 0 ? '' : ` Of ${requiredOf} demanded fields ${requiredAnswered} are answered.`;
  return `${answered} of ${of} items are answered, ${partly} partly, ${none} not at all.${required}`;
}

/** How documents are to be read. */
export const READING =
  'Each sentence beside a letter comes from the record and names what it rests on: D dataset record, I images, A annotations and annotators, M acquisition metadata, S split, B bias report, N snapshot, W consent and withdrawals, P provenance, U usage. What people wrote is set apart as their words (H). Nothing is guessed: what nobody recorded or wrote is unanswered, with the way to answer it.';
