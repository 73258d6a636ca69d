import { DomainError } from '../../kernel/errors.ts';
import { ask } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import { resolveReference } from './resolve-reference.ts';

/** A run as it was reported; what was not said is null. */
export interface ListedRun {
  readonly id: string;
  readonly snapshot: string;
  readonly key: string | null;
  readonly model: string;
  readonly split: string | null;
  readonly part: string | null;
  readonly fold: number | null;
  readonly repeat: number | null;
  readonly seed: string | null;
  readonly codeVersion: string | null;
  readonly startedAt: string | null;
  readonly durationSeconds: number | null;
  readonly energyKilowattHours: number | null;
  readonly energyMethod: string | null;
  readonly trainImages: number | null;
  readonly testImages: number | null;
  readonly libraries: readonly NamedText[];
  readonly hyperparameters: readonly NamedText[];
  readonly hardware: readonly NamedText[];
  readonly metrics: readonly {
    readonly part: string;
    readonly name: string;
    readonly value: number;
    readonly images: number | null;
  }[];
  /** Null of a run that counts. */
  readonly withdrawnReason: string | null;
  readonly reportedAt: string;
}

interface NamedText {
  readonly name: string;
  readonly value: string;
}

const FIELDS = `id snapshot key model split part fold repeat seed codeVersion startedAt durationSeconds energyKilowattHours energyMethod
  trainImages testImages libraries { name value } hyperparameters { name value } hardware { name value }
  metrics { part name value images } withdrawnReason reportedAt`;
const RUNS = `trainingRuns(first: 100, after: $after) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } }`;

interface Holder {
  readonly trainingRuns: {
    readonly nodes: readonly ListedRun[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** Every run on a dataset, by its slug, or on one snapshot, by its reference; oldest first. Throws NOT_FOUND. */
export async function* listRuns(access: ServerAccess, reference: string): AsyncGenerator<ListedRun> {
  const isDataset = !reference.includes('@') && !reference.startsWith('sha256:');
  const query = isDataset
    ? `query Runs($of: String!, $after: String) { holder: dataset(slug: $of) { ${RUNS} } }`
    : `query Runs($of: String!, $after: String) { holder: snapshot(digest: $of) { ${RUNS} } }`;
  const of = isDataset ? reference : await resolveReference(access, reference);
  let after: string | null = null;
  do {
    const answer: { holder: Holder | null } = await ask(access, query, { of, after });
    if (answer.holder === null)
      throw new DomainError('NOT_FOUND', `Nothing known to this token is called ${reference}.`);
    const { nodes, pageInfo } = answer.holder.trainingRuns;
    yield* nodes;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}
