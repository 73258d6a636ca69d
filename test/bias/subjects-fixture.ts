import type { ReportKind } from '../../src/bias/bias-counts.ts';
import { makeReport } from '../../src/bias/make-report.ts';
import { NO_FACTS, type ReportFacts } from '../../src/bias/report-input.ts';
import { type RequestParts, reportRequest } from '../../src/bias/report-request.ts';
import { SubjectColumns } from '../../src/bias/subjects/subject-columns.ts';
import type { FactorColumn, ImagePage, VotePage } from '../../src/bias/subjects/subject-page.ts';
import type { Subjects } from '../../src/bias/subjects/subjects.ts';
import { unitBucket } from '../../src/statistics/unit-bucket.ts';
import { seeded } from '../statistics/oracle.ts';

/** One image as a test writes it; without a unit it is a unit of its own. */
export interface Given {
  readonly unit?: string | null;
  /** The classes that no other outvotes. */
  readonly labels?: readonly string[] | null;
  readonly values?: Readonly<Record<string, string | number | null>>;
  readonly measures?: Readonly<Record<string, number | null>>;
  readonly captured?: string | null;
  readonly excluded?: { readonly stage: string; readonly reason: string; readonly by?: string } | null;
  readonly part?: string | null;
  readonly id?: string;
  readonly digest?: string | null;
}

export interface GivenPlan {
  /** Nominal unless a number is given. */
  readonly factors?: readonly string[];
  /** Those of the factors that are declared; all unless said. */
  readonly declared?: readonly string[];
  readonly classes?: readonly string[];
  readonly measures?: readonly string[];
  readonly groupKeys?: readonly string[];
  readonly wholeImageClasses?: boolean;
}

/** The columns a scan would give of these images, in their order. */
export function subjectsOf(images: readonly Given[], given: GivenPlan = {}): Subjects {
  const factors = (given.factors ?? []).map((name): FactorColumn => {
    const numeric = images.some(({ values }) => typeof values?.[name] === 'number');
    return {
      name,
      kind: numeric ? 'CONTINUOUS' : 'NOMINAL',
      origin: given.declared?.includes(name) === false ? 'COLUMN' : 'DECLARED',
    };
  });
  const plan = {
    factors,
    classes: given.classes ?? [],
    measures: given.measures ?? [],
    groupKeys: given.groupKeys ?? [],
    wholeImageClasses: given.wholeImageClasses ?? true,
    hasParts: images.some(({ part }) => part !== undefined),
    hasIdentities: true,
  };
  const columns = new SubjectColumns(plan);
  columns.add(imagePage(images, plan));
  columns.add(votePage(images));
  return columns.finish();
}

/** Texts as a page holds them: parted by 0x00, 0xFF where unknown. */
function textsOf(texts: readonly (string | number | null | undefined)[]): Buffer {
  const parts = texts.map((text) => (typeof text === 'string' ? Buffer.from(text) : Buffer.from([0xff])));
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from([0]), part])));
}

const idsOf = (images: readonly Given[]) =>
  images.map(({ id }, index) => id ?? index.toString(16).padStart(32, '0'));

function votePage(images: readonly Given[]): VotePage {
  const ids = idsOf(images);
  const votes = images.flatMap(({ labels }, index) =>
    (labels ?? []).map((label) => ({ id: ids[index]!, label })),
  );
  return {
    of: 'VOTES',
    ids: Buffer.from(votes.map(({ id }) => id).join(''), 'hex'),
    raters: textsOf(votes.map(() => 'rater')),
    labels: textsOf(votes.map(({ label }) => label)),
    weights: null,
  };
}

function imagePage(
  images: readonly Given[],
  plan: { factors: readonly FactorColumn[]; measures: readonly string[]; groupKeys: readonly string[] },
): ImagePage {
  const texts = (of: (image: Given, index: number) => string | number | null | undefined) =>
    textsOf(images.map(of));
  const unitOf = (image: Given, index: number) => image.unit ?? `image ${index}`;
  const doubles = (of: (image: Given) => string | number | null | undefined) => {
    const bytes = Buffer.alloc(images.length * 8);
    images.forEach((image, index) => {
      const value = of(image);
      bytes.writeDoubleBE(typeof value === 'number' ? value : Number.NaN, index * 8);
    });
    return bytes;
  };
  return {
    of: 'IMAGES',
    ids: Buffer.from(idsOf(images).join(''), 'hex'),
    units: texts(unitOf),
    unitKnown: Uint8Array.from(images, ({ unit }) => (unit ? 1 : 0)),
    buckets: Uint8Array.from(images, (image, index) => unitBucket(unitOf(image, index))),
    captured: texts(({ captured }) => captured),
    stages: texts(({ excluded }) => excluded?.stage),
    reasons: texts(({ excluded }) => excluded?.reason),
    excludedBy: texts(({ excluded }) => excluded?.by),
    parts: images.some(({ part }) => part !== undefined) ? texts(({ part }) => part) : null,
    digests: texts(({ digest }) => digest),
    factors: plan.factors.map(({ name, kind }) =>
      kind === 'CONTINUOUS' ? doubles(({ values }) => values?.[name]) : texts(({ values }) => values?.[name]),
    ),
    groupKeys: plan.groupKeys.map((name) => texts(({ values }) => values?.[name])),
    measures: plan.measures.map((name) => doubles(({ measures }) => measures?.[name])),
  };
}

export const streams = (statistic: string) => seeded(statistic.length);

/** The report of a kind on these columns. */
export function reportOn<K extends ReportKind>(
  kind: K,
  subjects: Subjects,
  parts: Partial<RequestParts> = {},
  facts: Partial<ReportFacts> = {},
) {
  const request = reportRequest({ datasetId: 'd', slug: 'd', revision: 1, personal: false, ...parts, kind });
  return makeReport(request, subjects, { ...NO_FACTS, ...facts }, streams) as Extract<
    ReturnType<typeof makeReport>,
    { kind: K }
  >;
}

/** So many images of each level of a factor, all of them units of their own. */
export function images(
  factor: string,
  levels: Readonly<Record<string, number>>,
  labels: string | readonly string[] | null = null,
): Given[] {
  const own = typeof labels === 'string' ? [labels] : labels;
  return Object.entries(levels).flatMap(([level, count]) =>
    Array.from({ length: count }, () => ({ labels: own, values: { [factor]: level } })),
  );
}

/** Every number anywhere in a report. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(numbersIn);
}
