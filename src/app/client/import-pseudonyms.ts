import { appendFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ImportPlan } from '../../interchange/import-plan.ts';
import { type KnownIdentity, pseudonymize } from '../../interchange/pseudonyms.ts';
import { DomainError } from '../../kernel/errors.ts';
import { exists } from './exists.ts';
import { ask } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import type { PseudonymFile } from './import-report.ts';
import { readIfThere } from './read-if-there.ts';
import { readRows } from './read-rows.ts';

export interface HeldAnnotator {
  readonly pseudonym: string;
  readonly kind: string;
}

interface Wish {
  readonly dataset: string;
  /** The table identity, pseudonym; null: one named after the dataset, in the working directory. */
  readonly file: string | null;
  /** Who annotated where the source does not say. */
  readonly annotator: string;
}

/**
 * The plan with every person under a pseudonym, and the file that alone says who is who; no file where nobody is
 * personal. It is written before anything of theirs is sent. Models and rules keep their names. In a plan that says
 * who set up a camera, that person is a pseudonym too.
 */
export async function underPseudonyms(
  plan: ImportPlan,
  held: readonly HeldAnnotator[],
  wish: Wish,
): Promise<{ plan: ImportPlan; annotator: string; file: PseudonymFile | null }> {
  const path = resolve(wish.file ?? `${wish.dataset}-annotators.csv`);
  const known = (await exists(path)) ? await readKnown(path) : [];
  const named = new Set(
    [...plan.annotators, ...held.map(({ pseudonym: name, kind }) => ({ name, kind }))].flatMap(
      ({ name, kind }) => (kind === 'HUMAN' ? [] : [name]),
    ),
  );
  const operators = plan.source.format === 'Camtrap DP' ? operatorsOf(plan) : [];
  const people = [
    ...plan.annotations.map(({ annotator }) => annotator ?? wish.annotator),
    ...operators,
  ].filter((name) => !named.has(name));
  const taken = held.map(({ pseudonym }) => pseudonym);
  const pseudonyms = pseudonymize(new Set(people), known, taken);
  const of = (name: string) => (named.has(name) ? name : pseudonyms.of(name));
  const used = new Set(people.filter((name) => of(name) !== name)).size;
  if (pseudonyms.added.length > 0) await append(path, pseudonyms.added);
  const covered = new Set(operators);
  return {
    plan: {
      ...plan,
      annotations: plan.annotations.map((draft) =>
        draft.annotator === null ? draft : { ...draft, annotator: of(draft.annotator) },
      ),
      annotators: plan.annotators.map((draft) => ({ ...draft, name: of(draft.name) })),
      acquisition: plan.acquisition.map((row) => ({
        ...row,
        columns: row.columns.map(({ name, value }) => ({
          name,
          value: name === 'operator' && covered.has(value) ? of(value) : value,
        })),
      })),
    },
    annotator: of(wish.annotator),
    file: used === 0 ? null : { path, used, added: pseudonyms.added.length },
  };
}

/** The annotators that the dataset has. */
export async function heldAnnotators(access: ServerAccess, dataset: string): Promise<HeldAnnotator[]> {
  const query = 'query Held($slug: String!) { dataset(slug: $slug) { annotators { pseudonym kind } } }';
  return (await ask<{ dataset: { annotators: HeldAnnotator[] } }>(access, query, { slug: dataset })).dataset
    .annotators;
}

function operatorsOf({ acquisition }: ImportPlan): string[] {
  return acquisition.flatMap(({ columns }) =>
    columns.flatMap(({ name, value }) => (name === 'operator' ? [value] : [])),
  );
}

async function readKnown(path: string): Promise<KnownIdentity[]> {
  const rows = await readRows(path, ['identity', 'pseudonym']);
  const faulty = rows.findIndex(({ identity, pseudonym }) => identity === '' || pseudonym === '');
  if (faulty >= 0)
    throw new DomainError(
      'BAD_INPUT',
      `${path} row ${faulty + 2}: an identity and its pseudonym stand in each row; complete it.`,
    );
  return rows;
}

/** Readable by its owner alone. */
async function append(path: string, added: readonly KnownIdentity[]): Promise<void> {
  const lines = added.map(({ identity, pseudonym }) => `${quoted(identity)},${quoted(pseudonym)}\n`).join('');
  const before = await readIfThere(path);
  if (before) await appendFile(path, before.at(-1) === 0x0a ? lines : `\n${lines}`);
  else await writeFile(path, `identity,pseudonym\n${lines}`, { mode: 0o600 });
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
