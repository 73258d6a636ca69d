import { COLUMN_NAMES } from '../../acquisition/acquisition-values.ts';
import type { DatasetDescription } from '../../catalogue/dataset.ts';
import { compareText } from '../../kernel/compare-text.ts';
import type { Counted, DataFacts, FieldFacts, ReportFacts, SplitFacts } from './data-facts.ts';
import { shownCount, shownCounts, shownMargin } from './shown-counts.ts';

type RawCount = { readonly value: string; readonly count: number };

/** What the stores found, before small counts of people are hidden. */
export interface RawFacts {
  readonly subject: Omit<DataFacts['subject'], keyof DatasetDescription> & DatasetDescription;
  /** How many images a snapshot was published with. */
  readonly publishedImages: number | null;
  readonly governed: {
    readonly withdrawn: number;
    readonly terms: DataFacts['terms'];
    readonly subjects: number;
    readonly scopes: readonly RawCount[];
  };
  readonly unitField: string;
  readonly images: Omit<DataFacts['images'], 'byReference' | 'withdrawn' | 'mediaTypes' | 'bitDepths'> & {
    readonly mediaTypes: readonly RawCount[];
    readonly bitDepths: readonly RawCount[];
    readonly sameBytes: number;
  };
  readonly fields: readonly {
    readonly name: string;
    readonly of: FieldFacts['of'];
    readonly have: number;
    readonly levels: number;
    readonly shown: readonly RawCount[];
  }[];
  readonly capture: {
    readonly units: number;
    readonly imagesOfUnknownUnit: number;
    readonly first: string | null;
    readonly last: string | null;
    readonly sources: readonly RawCount[];
  };
  readonly labels: Pick<DataFacts['statements'], 'all' | 'perImage' | 'first' | 'last'> & {
    readonly withConfidence: number;
    readonly withTime: number;
    readonly corrections: number;
    readonly kinds: readonly RawCount[];
    readonly raterKinds: readonly RawCount[];
    readonly labels: readonly RawCount[];
    readonly sources: readonly RawCount[];
    readonly labelled: number;
    readonly ratersPerImage: DataFacts['raters']['perImage'];
    readonly raters: readonly {
      readonly name: string;
      readonly kind: string;
      readonly expertise: string | null;
    }[];
  };
  readonly labelling: Pick<DataFacts, 'guidelines' | 'rounds'>;
  readonly flow: {
    readonly stages: readonly RawCount[];
    readonly reasons: readonly RawCount[];
    readonly refused: readonly RawCount[];
    readonly declared: readonly RawCount[];
  };
  readonly classes: readonly string[];
  readonly factors: DataFacts['factors'];
  readonly splits: readonly (Omit<SplitFacts, 'counts'> & {
    readonly counts: readonly { readonly part: string; readonly images: number }[];
  })[];
  readonly consensuses: DataFacts['consensuses'];
  readonly reports: readonly ReportFacts[];
  readonly runs: DataFacts['runs'];
  readonly versions: DataFacts['versions'];
  readonly provenance: DataFacts['provenance'];
}

/** The facts as documents may tell them: nothing of people that is small, and none of their names. */
export function makeDataFacts(raw: RawFacts): DataFacts {
  const { isPersonal } = raw.subject;
  const { images, labels, flow, capture } = raw;
  const shown = (counts: readonly RawCount[]) => shownCounts(counts, isPersonal);
  const [labelled, unlabelled] = shownMargin([labels.labelled, images.all - labels.labelled], isPersonal);
  const { title, description, licence, custodian, dataUseTerms, ...subject } = raw.subject;
  return {
    subject: { title, description, licence, custodian, dataUseTerms, ...subject },
    images: {
      ...{ all: images.all, withBytes: images.withBytes, byReference: images.all - images.withBytes },
      ...{ octets: images.octets, sizes: images.sizes },
      withdrawn: shownCount(
        raw.publishedImages === null ? raw.governed.withdrawn : raw.publishedImages - images.all,
        isPersonal,
      ),
      mediaTypes: shown(images.mediaTypes),
      bitDepths: shown(images.bitDepths),
    },
    unit: unitOf(raw),
    terms: raw.governed.terms,
    consents: { subjects: shownCount(raw.governed.subjects, isPersonal), scopes: shown(raw.governed.scopes) },
    classes: raw.classes,
    factors: raw.factors,
    statements: {
      ...{ all: labels.all, perImage: labels.perImage, first: dayTold(labels.first, isPersonal) },
      ...{
        last: dayTold(labels.last, isPersonal),
        withConfidence: shownCount(labels.withConfidence, isPersonal),
      },
      ...{
        withTime: shownCount(labels.withTime, isPersonal),
        corrections: shownCount(labels.corrections, isPersonal),
      },
      kinds: shown(labels.kinds),
      raterKinds: shown(labels.raterKinds),
      labels: shown(withUnused(labels.labels, raw.classes)),
      sources: shown(labels.sources),
      labelled: labelled!,
      unlabelled: unlabelled!,
    },
    raters: ratersOf(raw),
    ...raw.labelling,
    consensuses: raw.consensuses,
    captured:
      capture.first === null || capture.last === null
        ? null
        : { first: dayTold(capture.first, isPersonal)!, last: dayTold(capture.last, isPersonal)! },
    fields: fieldsOf(raw),
    acquisitionSources: shown(capture.sources),
    exclusions: {
      all: shownCount(sum(flow.stages), isPersonal),
      stages: shown(flow.stages),
      reasons: isPersonal ? [] : shown(flow.reasons),
    },
    refused: { all: shownCount(sum(flow.refused), isPersonal), codes: shown(flow.refused) },
    duplicates: { sameBytes: shownCount(images.sameBytes, isPersonal), declared: shown(flow.declared) },
    splits: raw.splits.map((split) => ({ ...split, counts: partsTold(split.counts, isPersonal) })),
    reports: raw.reports,
    runs: raw.runs,
    versions: raw.versions,
    provenance: { ...raw.provenance, steps: isPersonal ? [] : raw.provenance.steps },
  };
}

function partsTold(
  counts: readonly { readonly part: string; readonly images: number }[],
  isPersonal: boolean,
): SplitFacts['counts'] {
  const shown = shownCounts(
    counts.map(({ part: value, images: count }) => ({ value, count })),
    isPersonal,
  );
  return shown.map(({ value: part, count: images }) => ({ part, images }));
}

/** Of people the years alone are told: a day and a place may single one out. */
const dayTold = (day: string | null, isPersonal: boolean) => (isPersonal ? (day?.slice(0, 4) ?? null) : day);

const sum = (counts: readonly RawCount[]) => counts.reduce((total, { count }) => total + count, 0);

function unitOf({ unitField: field, images, capture, subject: { isPersonal } }: RawFacts): DataFacts['unit'] {
  if (field === 'image') return { field, units: images.all, imagesOfUnknownUnit: 0 };
  const [, unknown] = shownMargin(
    [images.all - capture.imagesOfUnknownUnit, capture.imagesOfUnknownUnit],
    isPersonal,
  );
  return { field, units: shownCount(capture.units, isPersonal), imagesOfUnknownUnit: unknown! };
}

function withUnused(labels: readonly RawCount[], classes: readonly string[]): RawCount[] {
  const used = new Set(labels.map(({ value }) => value));
  return [...labels, ...classes.filter((name) => !used.has(name)).map((value) => ({ value, count: 0 }))];
}

function ratersOf({ labels, subject: { isPersonal } }: RawFacts): DataFacts['raters'] {
  const people = labels.raters.filter(({ kind }) => kind === 'HUMAN' || kind === 'GROUP');
  return {
    kinds: shownCounts(tally(labels.raters.map(({ kind }) => kind)), isPersonal),
    expertise: shownCounts(tally(people.map(({ expertise }) => expertise ?? 'not recorded')), isPersonal),
    models: labels.raters.filter(({ kind }) => kind === 'MODEL').map(({ name }) => name),
    perImage: labels.ratersPerImage,
  };
}

function tally(values: readonly string[]): RawCount[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || compareText(a.value, b.value));
}

/** Columns whose every value stands for a person. */
const OF_PEOPLE: ReadonlySet<string> = new Set(['subject', 'operator', 'owner']);

/** Every acquisition column and declared factor, with those that nobody recorded; of restricted fields those recorded. */
function fieldsOf({ fields, factors, images, unitField, subject: { isPersonal } }: RawFacts): FieldFacts[] {
  const held = new Map(fields.map((field) => [`${field.of} ${field.name}`, field]));
  const field = (of: FieldFacts['of'], name: string): FieldFacts => {
    const { have, levels, shown } = held.get(`${of} ${name}`) ?? { have: 0, levels: 0, shown: [] };
    const [told, missing] = shownMargin([have, images.all - have], isPersonal);
    const isOfPeople = OF_PEOPLE.has(name) || name === unitField;
    const values: Counted[] = isPersonal ? [] : [...shown];
    return {
      ...{ name, of, have: told!, missing: missing! },
      levels: isOfPeople ? shownCount(levels, isPersonal) : levels,
      shown: values,
    };
  };
  return [
    ...COLUMN_NAMES.map((name) => field('ACQUISITION', name)),
    ...factors.map(({ name }) => field('FACTOR', name)),
    ...fields.filter(({ of }) => of === 'RESTRICTED').map(({ name }) => field('RESTRICTED', name)),
  ];
}
