import { COLUMN_NAMES } from '../acquisition/acquisition-values.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { addCoincidences } from '../statistics/add-coincidences.ts';
import { krippendorffAlpha } from '../statistics/krippendorff-alpha.ts';
import { SMALLEST_SHOWN_COUNT, suppressSmallCounts } from '../statistics/suppress-small-counts.ts';
import { statementsInForce } from './image-truth.ts';
import { LevelCount, ValueCounts } from './level-counts.ts';
import { partsOf, sizeOfPart } from './part-paths.ts';
import type { ImageRecord, RenderingSource } from './rendering.ts';
import type { Statement } from './snapshot-documents.ts';

/** How often a value occurs. In a personal dataset null: 1 to 4, or a number that would tell such a one. */
export interface ValueCount {
  readonly value: string;
  readonly count: number | null;
}

/** Over images; `mean` is a decimal of at most four places. */
export interface Spread {
  readonly least: number;
  readonly most: number;
  readonly mean: string;
}

/** What documents tell of a snapshot's content. Lists of values stand in the order of their code points. */
export interface SnapshotFacts {
  readonly snapshot: string;
  readonly dataset: string;
  readonly title: string;
  readonly isPersonal: boolean;
  readonly images: {
    readonly all: number;
    readonly withBytes: number;
    readonly byReference: number;
    readonly withdrawn: number;
    /** Octets of those with bytes. */
    readonly octets: number;
    readonly mediaTypes: readonly ValueCount[];
    /** `unknown` where no decoder told. */
    readonly bitDepths: readonly ValueCount[];
  };
  /** As the header counts them, withdrawn images with them. */
  readonly parts: readonly {
    readonly split: string | null;
    readonly part: string;
    readonly images: number;
  }[];
  readonly statements: {
    readonly all: number;
    readonly kinds: readonly ValueCount[];
    readonly annotatorKinds: readonly ValueCount[];
    /** Of whichever kind, by class, classes that nobody named with them. */
    readonly labels: readonly ValueCount[];
    readonly perImage: Spread;
    readonly labelledImages: number;
    readonly first: string | null;
    readonly last: string | null;
  };
  readonly raters: {
    readonly kinds: readonly ValueCount[];
    /** Of people and groups; `not recorded` where nothing was. */
    readonly expertise: readonly ValueCount[];
    readonly models: readonly string[];
    readonly perImage: Spread;
  };
  /** Of the classes that people gave at their first look, over images that two people or more gave one class each. */
  readonly agreement: {
    readonly images: number;
    readonly unanimous: number;
    /** Krippendorff's α, nominal, at four places; null where it has no value, or of more than 512 classes. */
    readonly alpha: string | null;
  };
  readonly consensuses: readonly { readonly name: string; readonly method: string }[];
  /** Days, of the capture times as recorded; null where none was. */
  readonly captured: { readonly first: string; readonly last: string } | null;
  /** Images without a value, by acquisition column and by declared factor. */
  readonly missing: readonly {
    readonly of: 'acquisition' | 'factor';
    readonly name: string;
    readonly images: number;
  }[];
  /** Different values; `isMore` where there were more than could be counted. */
  readonly levels: readonly { readonly name: string; readonly count: number; readonly isMore: boolean }[];
}

/** Acquisition columns whose number of values tells how broad a snapshot is. */
const COUNTED_COLUMNS = ['device', 'operator', 'site', 'subject'] as const;
const MOST_CLASSES = 512;
const DAY = /^\d{4}-\d{2}-\d{2}/;

/** The facts in one pass over the snapshot's lines, in memory bounded by raters, classes and levels. */
export async function snapshotFacts(source: RenderingSource): Promise<SnapshotFacts> {
  const tally = new FactTally(source);
  for await (const record of source.images(null)) tally.add(record);
  return tally.facts();
}

class FactTally {
  private readonly source: RenderingSource;
  private readonly images = { all: 0, withBytes: 0, octets: 0, labelled: 0 };
  private readonly mediaTypes = new ValueCounts();
  private readonly bitDepths = new ValueCounts();
  private readonly kinds = new ValueCounts();
  private readonly annotatorKinds = new ValueCounts();
  private readonly labels = new ValueCounts();
  private readonly raters = new Map<string, Statement['annotator']>();
  private readonly statementsPerImage = new SpreadTally();
  private readonly ratersPerImage = new SpreadTally();
  private readonly annotated = new Extent();
  private readonly captured = new Extent();
  private readonly withColumn = new ValueCounts();
  private readonly withFactor = new ValueCounts();
  private readonly levels = new Map<string, LevelCount>(
    COUNTED_COLUMNS.map((column) => [column, new LevelCount()]),
  );
  private readonly agreement: AgreementTally;

  constructor(source: RenderingSource) {
    this.source = source;
    const classes = source.header.classes.map(({ name }) => name);
    for (const name of classes) this.labels.add(name, 0);
    this.agreement = new AgreementTally(classes);
  }

  add(record: ImageRecord): void {
    const { entry, metadata } = record;
    this.images.all++;
    if (entry.pixels === 'bytes') {
      this.images.withBytes++;
      this.images.octets += entry.size!;
    }
    this.mediaTypes.add(entry.media ?? 'unknown');
    this.bitDepths.add(metadata.bitDepth === undefined ? 'unknown' : String(metadata.bitDepth));
    for (const [column, { value }] of Object.entries(metadata.acquisition)) {
      this.withColumn.add(column);
      this.levels.get(column)?.add(value);
    }
    for (const { name } of metadata.factors) this.withFactor.add(name);
    this.captured.add(DAY.exec(metadata.acquisition.capturedAt?.value ?? '')?.[0]);
    this.addStatements(statementsInForce(record.annotations, { annotator: null }));
  }

  private addStatements(statements: readonly Statement[]): void {
    for (const { kind, label, annotator, annotatedAt } of statements) {
      this.kinds.add(kind);
      this.annotatorKinds.add(annotator.kind);
      if (label !== undefined) this.labels.add(label);
      this.raters.set(annotator.name, annotator);
      this.annotated.add(DAY.exec(annotatedAt ?? '')?.[0]);
    }
    if (statements.some(({ label }) => label !== undefined)) this.images.labelled++;
    this.statementsPerImage.add(statements.length);
    this.ratersPerImage.add(new Set(statements.map(({ annotator }) => annotator.name)).size);
    this.agreement.add(statements);
  }

  facts(): SnapshotFacts {
    const { header, digest } = this.source;
    const { all, withBytes, octets, labelled } = this.images;
    const isPersonal = header.sensitivity === 'PERSONAL';
    const hidden = (counts: ValueCounts) => (isPersonal ? hideSmall(counts.list()) : counts.list());
    const [raterKinds, expertise] = [new ValueCounts(), new ValueCounts()];
    const raters = [...this.raters.values()];
    for (const { kind, expertise: known } of raters) {
      raterKinds.add(kind);
      if (kind === 'HUMAN' || kind === 'GROUP') expertise.add(known ?? 'not recorded');
    }
    const missingIn = (of: 'acquisition' | 'factor', names: readonly string[], counts: ValueCounts) =>
      names.map((name) => ({ of, name, images: all - counts.of(name) }));
    return {
      ...{ snapshot: digest, dataset: header.dataset, title: header.title, isPersonal },
      images: {
        ...{ all, withBytes, octets, byReference: all - withBytes, withdrawn: header.size - all },
        mediaTypes: this.mediaTypes.list(),
        bitDepths: this.bitDepths.list(),
      },
      parts: partsOf(header).map((part) => ({ ...part, images: sizeOfPart(header, part) })),
      statements: {
        all: this.kinds.sum(),
        kinds: this.kinds.list(),
        annotatorKinds: this.annotatorKinds.list(),
        labels: hidden(this.labels),
        perImage: this.statementsPerImage.spread(all),
        labelledImages: labelled,
        first: this.annotated.first,
        last: this.annotated.last,
      },
      raters: {
        kinds: hidden(raterKinds),
        expertise: hidden(expertise),
        models: raters
          .filter(({ kind }) => kind === 'MODEL')
          .map(({ name }) => name)
          .sort(),
        perImage: this.ratersPerImage.spread(all),
      },
      agreement: this.agreement.told(),
      consensuses: (header.consensus ?? []).map(({ name, method }) => ({ name, method })),
      captured:
        this.captured.first === null || this.captured.last === null
          ? null
          : { first: this.captured.first, last: this.captured.last },
      missing: [
        ...missingIn('acquisition', COLUMN_NAMES, this.withColumn),
        ...missingIn(
          'factor',
          header.factors.map(({ name }) => name),
          this.withFactor,
        ),
      ],
      levels: [...this.levels].map(([name, { count, isMore }]) => ({ name, count, isMore })),
    };
  }
}

/** Counts the images on which people agree, and the coincidences of their classes. */
class AgreementTally {
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly matrix: number[] | null;
  private images = 0;
  private unanimous = 0;

  constructor(classes: readonly string[]) {
    this.indexes = new Map(classes.map((name, index) => [name, index]));
    this.matrix =
      classes.length > MOST_CLASSES ? null : new Array<number>(classes.length * classes.length).fill(0);
  }

  add(statements: readonly Statement[]): void {
    const said = new Map<string, number>();
    for (const { kind, label, annotator, pass } of statements) {
      if (kind !== 'CLASS' || annotator.kind !== 'HUMAN' || (pass ?? 1) > 1) continue;
      const index = this.indexes.get(label!);
      if (index === undefined || said.has(annotator.name)) return;
      said.set(annotator.name, index);
    }
    if (said.size < 2) return;
    const ratings = [...said.values()];
    this.images++;
    if (ratings.every((rating) => rating === ratings[0])) this.unanimous++;
    if (this.matrix) addCoincidences(this.matrix, this.indexes.size, ratings);
  }

  told(): SnapshotFacts['agreement'] {
    const { images, unanimous, matrix } = this;
    if (matrix === null) return { images, unanimous, alpha: null };
    const table = { total: matrix, buckets: [], imageCount: images, unitCount: 0 };
    const { value } = krippendorffAlpha(table, [...this.indexes.values()], 'nominal');
    return { images, unanimous, alpha: value === null ? null : canonicalDecimal(value.toFixed(4)) };
  }
}

class SpreadTally {
  private least = Number.POSITIVE_INFINITY;
  private most = 0;
  private total = 0;

  add(count: number): void {
    this.least = Math.min(this.least, count);
    this.most = Math.max(this.most, count);
    this.total += count;
  }

  spread(images: number): Spread {
    if (images === 0) return { least: 0, most: 0, mean: '0' };
    const { least, most, total } = this;
    return { least, most, mean: canonicalDecimal((total / images).toFixed(4)) };
  }
}

/** The first and the last of days, which sort as text. */
class Extent {
  first: string | null = null;
  last: string | null = null;

  add(day: string | undefined): void {
    if (day === undefined) return;
    if (this.first === null || day < this.first) this.first = day;
    if (this.last === null || day > this.last) this.last = day;
  }
}

function hideSmall(counts: readonly { readonly value: string; readonly count: number }[]): ValueCount[] {
  const basis = { imageCount: 0, unitCount: 0, method: `count of ${SMALLEST_SHOWN_COUNT} or more` };
  const shown = suppressSmallCounts(
    counts.map(({ count }) => count),
    basis,
  );
  return counts.map(({ value }, index) => ({ value, count: shown[index]!.value }));
}
