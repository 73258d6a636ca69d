import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readImageSets } from '../../interchange/image-sets.ts';
import { readTable } from '../../interchange/table.codec.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { SplitPart, SplitStrategy } from '../../splits/split-strategy.ts';
import { exists } from './exists.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import { pagesOf } from './pages-of.ts';
import { readText } from './read-text.ts';
import { walkFolder } from './walk-folder.ts';

export interface SplitWish {
  readonly dataset: string;
  readonly name: string;
  readonly strategy: SplitStrategy;
  readonly seed: string;
  readonly groupBy: string | null;
  readonly stratifyBy: string | null;
  readonly parts: readonly SplitPart[];
  readonly folds: number | null;
  readonly assignment: readonly { readonly image: string; readonly part: string }[];
}

interface Finding {
  readonly status: 'EXAMINED' | 'NOT_EXAMINED';
  readonly reason: string | null;
  readonly count: number | null;
}

export interface SplitReport {
  readonly name: string;
  readonly state: 'DRAFT' | 'FROZEN';
  readonly strategy: string;
  readonly digest: string;
  readonly revision: number;
  readonly certificate: {
    readonly algorithm: string;
    readonly leaks: boolean;
    readonly waiver: string | null;
    readonly counts: readonly {
      readonly part: string;
      readonly asked: string | null;
      readonly share: string;
      readonly images: number;
    }[];
    readonly sharedGroups: Finding;
    readonly exactDuplicates: Finding;
    readonly nearDuplicates: Finding;
    readonly missingGroupKeys: { readonly count: number; readonly treatment: string } | null;
  };
}

const SPLIT = `... on Split { name state strategy seed groupBy stratifyBy folds revision digest frozenAt certificate {
  algorithm leaks waiver counts { part asked share images }
  sharedGroups { status reason count } exactDuplicates { status reason count }
  nearDuplicates { status reason count } missingGroupKeys { count share treatment } } }`;

/** Makes a draft, or makes it again. */
export async function createSplit(access: ServerAccess, wish: SplitWish): Promise<SplitReport> {
  const { createSplit } = await ask<{ createSplit: SplitReport }>(
    access,
    `mutation Divide($input: CreateSplitInput!) { createSplit(input: $input) { ${SPLIT} ${PROBLEM} } }`,
    { input: wish },
  );
  return accepted(createSplit);
}

export async function freezeSplit(
  access: ServerAccess,
  wish: { dataset: string; name: string; waiver: string | null },
): Promise<SplitReport> {
  const { freezeSplit } = await ask<{ freezeSplit: SplitReport }>(
    access,
    `mutation Freeze($input: FreezeSplitInput!) { freezeSplit(input: $input) { ${SPLIT} ${PROBLEM} } }`,
    { input: wish },
  );
  return accepted(freezeSplit);
}

/** Who goes where, out of a table with image and part, or the ImageSets of a Pascal VOC folder. */
export async function readAssignment(
  access: ServerAccess,
  dataset: string,
  path: string,
): Promise<SplitWish['assignment']> {
  if (!(await exists(path))) throw new DomainError('BAD_INPUT', `--from: ${path} is not there.`);
  const isFolder = (await stat(path)).isDirectory();
  const { parts, refused } = isFolder
    ? readImageSets(await listsBelow(path), await namesOf(access, dataset))
    : readTable(await readText(path), { path, annotator: null });
  if (refused.length > 0)
    throw new DomainError(
      'BAD_INPUT',
      `${path}: ${refused.length} lines are refused; nothing was written.`,
      refused.map(({ where, code, message }) => ({ path: [where], code, message })),
    );
  if (parts.length === 0) throw new DomainError('BAD_INPUT', `${path} puts no image into a part.`);
  return parts;
}

/** Who goes where, by a field of the images themselves; an image without the field goes nowhere. */
export async function readPartField(
  access: ServerAccess,
  dataset: string,
  field: string,
): Promise<SplitWish['assignment']> {
  const parts: { image: string; part: string }[] = [];
  type Row = { name: string; acquisition: { values: { name: string; value: string }[] } };
  for await (const { name: image, acquisition } of pagesOf<Row>(access, dataset, {
    connection: 'images',
    fields: 'name acquisition { values { name value } }',
  })) {
    const part = acquisition.values.find(({ name }) => name === field)?.value;
    if (part !== undefined) parts.push({ image, part });
  }
  if (parts.length === 0)
    throw new DomainError('BAD_INPUT', `--part-field: no image of "${dataset}" has the field "${field}".`);
  return parts;
}

async function listsBelow(folder: string): Promise<{ path: string; text: string }[]> {
  const places = [join(folder, 'ImageSets', 'Main'), join(folder, 'Main'), folder];
  for (const place of places) {
    if (!(await exists(place))) continue;
    const files = (await walkFolder(place)).filter(({ name }) => /^[^/]+\.txt$/.test(name));
    if (files.length > 0)
      return Promise.all(files.map(async ({ name, path }) => ({ path: name, text: await readText(path) })));
  }
  throw new DomainError('BAD_INPUT', `${folder} holds no ImageSets/Main/*.txt.`);
}

async function namesOf(access: ServerAccess, dataset: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of pagesOf<{ name: string }>(access, dataset, {
    connection: 'images',
    fields: 'name',
  }))
    names.push(name);
  return names;
}
