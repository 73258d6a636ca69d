import { PURPOSE_NAMES, type Purpose } from '../../catalogue/terms/purpose.ts';
import { DomainError } from '../../kernel/errors.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';

export { PURPOSE_NAMES };

export interface ReadTerms {
  readonly version: number;
  readonly declaredAt: string;
  readonly licence: string | null;
  readonly dataUseTerms: readonly {
    readonly code: string;
    readonly abbreviation: string;
    readonly sentence: string;
  }[];
  readonly visibility: string;
  readonly embargoUntil: string | null;
  readonly acceptance: string;
  readonly consent: string;
  readonly text: string;
}

export interface OwnAcceptance {
  readonly version: number;
  readonly purposes: readonly string[];
  readonly statement: string | null;
  readonly acceptedAt: string;
}

export interface TermsOfDataset {
  /** Null: none were declared. */
  readonly terms: ReadTerms | null;
  readonly ownTermsAcceptances: readonly OwnAcceptance[];
}

/** The terms in force of a dataset, and what the one who asks accepted of them. */
export async function readTerms(access: ServerAccess, slug: string): Promise<TermsOfDataset> {
  const { dataset } = await ask<{ dataset: TermsOfDataset }>(
    access,
    `query Terms($slug: String!) { dataset(slug: $slug) {
       terms { version declaredAt licence dataUseTerms { code abbreviation sentence } visibility embargoUntil acceptance consent text }
       ownTermsAcceptances { version purposes statement acceptedAt } } }`,
    { slug },
  );
  return dataset;
}

/** Accepts the terms in force. Accepted again for the same, they are accepted once. */
export async function acceptTerms(
  access: ServerAccess,
  slug: string,
  use: { readonly purposes: readonly Purpose[]; readonly statement: string | null },
): Promise<OwnAcceptance> {
  const { terms } = await readTerms(access, slug);
  if (!terms) throw new DomainError('NOT_FOUND', `${slug} declares no terms that ask for acceptance.`);
  const { acceptTerms } = await ask<{ acceptTerms: OwnAcceptance }>(
    access,
    `mutation Accept($input: AcceptTermsInput!) {
       acceptTerms(input: $input) { ... on TermsAcceptance { version purposes statement acceptedAt } ${PROBLEM} } }`,
    { input: { ...use, dataset: slug, version: terms.version } },
  );
  return accepted(acceptTerms);
}
