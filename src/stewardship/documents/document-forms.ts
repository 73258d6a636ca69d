import { DomainError } from '../../kernel/errors.ts';
import { AI_ACT } from './ai-act.ts';
import { DATA_CARD } from './data-card.ts';
import { DATASHEET } from './datasheet.ts';
import type { DocumentForm, DocumentKind, Item } from './document-item.ts';
import { MIAPPE } from './miappe.ts';
import { NEURIPS } from './neurips.ts';
import { REMBI_MIFA } from './rembi-mifa.ts';

/** Every document that is filled from facts. */
export const DOCUMENT_FORMS: Readonly<Record<DocumentKind, DocumentForm>> = {
  DATASHEET,
  DATA_CARD,
  NEURIPS,
  AI_ACT,
  MIAPPE,
  REMBI_MIFA,
};

export const FORMS: readonly DocumentForm[] = Object.values(DOCUMENT_FORMS);

/** The form of a name in an address, such as `data-card`. */
export function formOfSlug(slug: string): DocumentForm {
  const form = FORMS.find((known) => known.slug === slug);
  if (form) return form;
  throw new DomainError(
    'NOT_FOUND',
    `"${slug}" is no document; there are ${FORMS.map((known) => known.slug).join(', ')}.`,
  );
}

/** The item of a reference such as `datasheet.1`. */
export function itemOf(reference: string): Item {
  const dot = reference.indexOf('.');
  const form = FORMS.find(({ slug }) => slug === reference.slice(0, dot));
  const number = reference.slice(dot + 1);
  const item = form?.items.find((held) => held.number === number);
  if (item) return item;
  const known = form
    ? `the ${form.title.toLowerCase()} has no item "${number}", but ${form.items[0]!.number} to ${form.items.at(-1)!.number}`
    : `write DOCUMENT.NUMBER, such as datasheet.1, with one of ${FORMS.map(({ slug }) => slug).join(', ')}`;
  throw new DomainError('NOT_FOUND', `item: "${reference}" is no item of a document; ${known}.`);
}

/** The items, of whichever document, that one question stands behind. */
export function itemsAsking(asks: string): string[] {
  return FORMS.flatMap(({ slug, items }) =>
    items.filter((item) => item.asks === asks).map(({ number }) => `${slug}.${number}`),
  );
}
