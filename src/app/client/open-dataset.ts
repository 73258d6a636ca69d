import { DomainError, isDomainError } from '../../kernel/errors.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';

/** What a new dataset is to be; undefined is left to the server. */
export interface NewDataset {
  readonly title?: string;
  readonly description?: string;
  readonly licence?: string;
  readonly sensitivity?: 'NONE' | 'PERSONAL';
  readonly unit?: string;
}

interface Held {
  readonly revision: number;
  readonly sensitivity: string;
  readonly unit: string;
}

/**
 * The revision of the dataset, which is made first if it is not there and may be. Throws NOT_FOUND, and CONFLICT where
 * the one that is there declared another sensitivity or unit than is asked for: both are declared once.
 */
export async function openDataset(
  access: ServerAccess,
  slug: string,
  create: NewDataset | null,
): Promise<number> {
  const held = await findDataset(access, slug);
  if (held) return agree(slug, held, create).revision;
  if (create === null)
    throw new DomainError('NOT_FOUND', `There is no dataset "${slug}"; give --create to make it.`);
  const { createDataset } = await ask<{ createDataset: Held }>(
    access,
    `mutation Create($input: CreateDatasetInput!) {
       createDataset(input: $input) { ... on Dataset { revision sensitivity unit } ${PROBLEM} } }`,
    { input: { ...create, slug, title: create.title ?? slug } },
  );
  try {
    return accepted(createDataset).revision;
  } catch (error) {
    // Made by another import meanwhile, or by an answer that was lost.
    const other = isDomainError(error) && error.code === 'CONFLICT' ? await findDataset(access, slug) : null;
    if (other) return agree(slug, other, create).revision;
    throw error;
  }
}

async function findDataset(access: ServerAccess, slug: string): Promise<Held | null> {
  try {
    const query = 'query Held($slug: String!) { dataset(slug: $slug) { revision sensitivity unit } }';
    return (await ask<{ dataset: Held }>(access, query, { slug })).dataset;
  } catch (error) {
    if (isDomainError(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function agree(slug: string, held: Held, asked: NewDataset | null): Held {
  for (const field of ['sensitivity', 'unit'] as const) {
    const wanted = asked?.[field];
    if (wanted !== undefined && wanted !== held[field])
      throw new DomainError(
        'CONFLICT',
        `"${slug}" has the ${field} ${held[field]}, not ${wanted}; it is declared once.`,
      );
  }
  return held;
}
