import type { Size } from '../../annotation/geometry.ts';
import { fileNamePattern } from '../../interchange/file-name-pattern.ts';
import type { ImportPlan } from '../../interchange/import-plan.ts';
import { inferFactorKind } from '../../interchange/infer-factor-kind.ts';
import { readTable } from '../../interchange/table.codec.ts';
import { ACQUISITION_FIELDS } from '../../interchange/table-columns.ts';
import { DomainError } from '../../kernel/errors.ts';
import { ask } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import { declareAnnotators, importAnnotations } from './import-annotations.ts';
import { type ImportTarget, importFiles, importReferences } from './import-images.ts';
import { heldAnnotators, underPseudonyms } from './import-pseudonyms.ts';
import {
  type DuplicateItem,
  type ImportReport,
  type LostCandidate,
  newReport,
  type Progress,
  SILENT,
} from './import-report.ts';
import { declareFactors, extendClasses, importAcquisition } from './import-rows.ts';
import { openSource } from './import-source.ts';
import type { ImportSource, Sizes, SourceOptions } from './import-source-options.ts';
import { type NewDataset, openDataset } from './open-dataset.ts';
import { pagesOf } from './pages-of.ts';
import { readText } from './read-text.ts';
import { recordRefused } from './record-refused.ts';

export interface ImportOptions extends SourceOptions {
  readonly dataset: string;
  /** Makes the dataset where it is not there; null: it must be. */
  readonly create: NewDataset | null;
  /** A table of metadata. */
  readonly acquisition: string | null;
  readonly namePattern: string | null;
  readonly round: string | null;
  /** The table of who is behind each pseudonym; one named after the dataset unless said. */
  readonly annotators?: string | null;
  /** A source with a fault is not taken; a batch with one neither. */
  readonly strict: boolean;
  readonly progress?: Progress;
}

/** Who annotated where nothing and nobody says. */
const UNKNOWN_ANNOTATOR = 'unknown';

/**
 * Brings a source into a dataset: the dataset, its images, its classes and factors, how the images were made, what is
 * said of them. Every step may be repeated, so an import cut off is completed by giving it again.
 */
export async function importDataset(access: ServerAccess, options: ImportOptions): Promise<ImportReport> {
  const source = await openSource(options);
  const extra = await readAcquisition(options);
  refuseFaults(options, [...source.plan.refused, ...extra.refused]);
  const report = newReport(options.dataset);
  const target: ImportTarget = { access, report, progress: options.progress ?? SILENT, lost: [] };
  report.revision = await openDataset(access, options.dataset, options.create);

  if (options.byReference) await importReferences(target, source.plan.images);
  else await importFiles(target, source.files);
  if (source.references) await importReferences(target, source.references);
  if (options.byReference || source.files.length > 0) target.lost.push(...lostRows(source.plan));
  await recordRefused(target, target.lost);
  if (options.strict && report.refused.length > 0) return finish(target);

  const read = source.planWith
    ? source.planWith(await sizesOf(access, options.dataset, source))
    : source.plan;
  const held = await heldAnnotators(access, options.dataset);
  const { plan, annotator } = await named(target, options, read, held);
  const patterned = readNames(
    options,
    [...source.files, ...plan.images].map(({ name }) => name),
  );
  addPlan(report, options, plan);
  addPlan(report, options, extra);
  addPlan(report, options, patterned);
  await extendClasses(target, plan);
  const leaveOut = await declareFactors(target, [...plan.factors, ...extra.factors, ...patterned.factors]);
  const { strict, round } = options;
  await importAcquisition(target, patterned.acquisition, { name: 'file-name', leaveOut, strict });
  const name = ACQUISITION_SOURCES[plan.source.format] ?? 'csv';
  await importAcquisition(target, plan.acquisition, { name, leaveOut, strict });
  await importAcquisition(target, extra.acquisition, { name: 'csv', leaveOut, strict });
  await declareAnnotators(target, plan.annotators, held);
  await importAnnotations(target, plan, { annotator, round, strict });
  return finish(target);
}

/** What each value of how an image was captured remembers as its source, by format; `csv` for tables. */
const ACQUISITION_SOURCES: Record<string, string> = { COCO: 'coco', 'Camtrap DP': 'camtrap-dp' };

/** The plan with people under pseudonyms, and with what the import itself says of its annotator. */
async function named(
  { report }: ImportTarget,
  options: ImportOptions,
  read: ImportPlan,
  held: Awaited<ReturnType<typeof heldAnnotators>>,
): Promise<{ plan: ImportPlan; annotator: string }> {
  const { annotator: name, annotatorKind: kind } = options;
  const said = name === null || kind === undefined ? [] : [{ name, kind, expertise: null }];
  const whole = {
    ...read,
    annotators: [...read.annotators.filter((draft) => draft.name !== name || !kind), ...said],
  };
  const wish = {
    dataset: options.dataset,
    file: options.annotators ?? null,
    annotator: name ?? UNKNOWN_ANNOTATOR,
  };
  const { plan, annotator, file } = await underPseudonyms(whole, held, wish);
  report.source = plan.source;
  report.pseudonyms = file;
  report.annotators = plan.annotators.map(({ name: declared, kind: of }) => ({ name: declared, kind: of }));
  return { plan, annotator };
}

/** Images that rows at fault would have brought, and that no other row brings. */
function lostRows({ refused, images }: ImportPlan): LostCandidate[] {
  const brought = new Set(images.map(({ name }) => name));
  return refused.flatMap(({ image, code, message }) =>
    image === undefined || brought.has(image) ? [] : [{ name: image, code, message }],
  );
}

type Metadata = Pick<ImportPlan, 'acquisition' | 'factors' | 'refused' | 'notes' | 'annotations'>;

const NOTHING: Metadata = { acquisition: [], factors: [], refused: [], notes: [], annotations: [] };

async function readAcquisition(options: ImportOptions): Promise<Metadata> {
  const path = options.acquisition;
  if (path === null) return NOTHING;
  const reading = options.format === 'table' ? {} : options;
  const plan = readTable(await readText(path), {
    ...reading,
    path: path.replace(/\.gz$/i, ''),
    annotator: null,
  });
  const message = 'Its labels are not taken over; import them with `holotype import table`.';
  if (plan.annotations.length > 0) plan.notes.push({ where: path, message });
  return { ...plan, annotations: [] };
}

function readNames({ namePattern }: ImportOptions, names: readonly string[]): Metadata {
  if (namePattern === null) return NOTHING;
  const { acquisition, unmatched } = fileNamePattern(namePattern, [...new Set(names)]);
  const values = new Map<string, string[]>();
  for (const { columns } of acquisition) {
    for (const { name, value } of columns) {
      if (!values.has(name)) values.set(name, []);
      values.get(name)!.push(value);
    }
  }
  return {
    ...NOTHING,
    acquisition,
    factors: [...values]
      .filter(([name]) => !ACQUISITION_FIELDS.includes(name))
      .map(([name, given]) => ({ name, kind: inferFactorKind(given) })),
    refused: unmatched.map((where) => ({
      where,
      field: 'image',
      code: 'INVALID_VALUE' as const,
      message: `"${where}" does not fit the pattern ${namePattern}; nothing is read from its name.`,
    })),
  };
}

function refuseFaults({ strict, path }: ImportOptions, refused: ImportPlan['refused']): void {
  if (!strict || refused.length === 0) return;
  throw new DomainError(
    'BAD_INPUT',
    `${path}: ${refused.length} statements are refused and the import is strict; nothing was written.`,
    refused.map(({ where, field, code, message }) => ({
      path: [where, ...(field === null ? [] : [field])],
      code,
      message,
    })),
  );
}

function addPlan(report: ImportReport, options: ImportOptions, plan: Metadata): void {
  for (const { where, field, code, message } of plan.refused) {
    const row = /^row (\d+)$/.exec(where)?.[1];
    const place = row === undefined ? { file: where } : { row: Number(row) };
    report.refused.push({ ...place, ...(field === null ? {} : { field }), code, message });
  }
  (report.notes as ImportPlan['notes']).push(...plan.notes);
  const nobody = plan.annotations.filter(({ annotator }) => annotator === null).length;
  if (nobody === 0) return;
  const message = `${nobody} annotations name no annotator and are kept under "${UNKNOWN_ANNOTATOR}"; say who with --annotator.`;
  (report.notes as ImportPlan['notes']).push({ where: options.path, message });
}

/** Sizes that decoding found, by name. */
async function sizesOf(access: ServerAccess, dataset: string, source: ImportSource): Promise<Sizes> {
  const sizes = new Map<string, Size & { orientation?: number }>();
  type Row = {
    name: string;
    width: number | null;
    height: number | null;
    facts?: { orientation: number | null } | null;
  };
  const fields = source.asksOrientation ? 'name width height facts { orientation }' : 'name width height';
  for await (const { name, width, height, facts } of pagesOf<Row>(access, dataset, {
    connection: 'images',
    fields,
  }))
    if (width !== null && height !== null)
      sizes.set(name, { width, height, ...(facts?.orientation ? { orientation: facts.orientation } : {}) });
  return sizes;
}

async function finish({ access, report }: ImportTarget): Promise<ImportReport> {
  const { dataset } = await ask<{
    dataset: {
      revision: number;
      duplicates: {
        exact: { digest: string; images: { name: string }[] }[];
        near: { firstName: string; secondName: string; distance: number; correlation: number }[];
      };
    };
  }>(
    access,
    `query Found($slug: String!) { dataset(slug: $slug) { revision duplicates {
       exact { digest images { name } } near { firstName secondName distance correlation } } } }`,
    { slug: report.dataset },
  );
  const { exact, near } = dataset.duplicates;
  const duplicates: DuplicateItem[] = [
    ...exact.map(({ digest, images }) => ({
      kind: 'exact' as const,
      digest,
      images: images.map(({ name }) => name),
    })),
    ...near.map(({ firstName, secondName, distance, correlation }) => ({
      kind: 'near' as const,
      images: [firstName, secondName],
      distance,
      correlation,
    })),
  ];
  return { ...report, revision: dataset.revision, duplicates };
}
