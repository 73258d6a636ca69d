import { DomainError } from '../kernel/errors.ts';
import type { UnitStructure } from '../statistics/coded-variable.ts';
import { BUCKET_COUNT } from '../statistics/unit-bucket.ts';
import { binnedVariable } from './binned-variable.ts';
import { derivedValues } from './derived-values.ts';
import { type ImageVotes, imageVotes } from './image-votes.ts';
import type { DerivedFactor, ScanPlan, SubjectPage } from './subject-page.ts';
import {
  type Factor,
  type GroupKey,
  type Identities,
  type ImageClasses,
  NO_DAY,
  type Subjects,
} from './subjects.ts';
import { pickSubjects } from './subset-subjects.ts';
import { TextColumn } from './text-column.ts';
import { variableOf } from './variable-of.ts';

/** A factor has at most this many levels; more is an identifier (specification §0.6). */
const MOST_LEVELS = 1000;
const DAY = 86_400_000;

/**
 * Gathers the pages of a scan into columns, in the order of the images' ids. Codes are in the order of the names' UTF-8
 * bytes. So the columns are the same in whatever order a database hands out its rows.
 */
export class SubjectColumns {
  private imageCount = 0;
  private severalCount = 0;
  private labelledCount = 0;
  private readonly units = new TextColumn();
  private readonly bucketOfUnit: number[] = [];
  private readonly known: Uint8Array[] = [];
  private readonly days: Int32Array[] = [];
  private readonly dayOf = new Map<string, number>();
  private readonly classCounts: number[] = [];
  private readonly classCodes = new TextColumn();
  private readonly stages = new TextColumn();
  private readonly reasons = new TextColumn(MOST_LEVELS);
  private readonly excludedBy = new TextColumn();
  private readonly parts = new TextColumn();
  private readonly ids: Uint8Array[] = [];
  private readonly digests = new TextColumn();
  private readonly nominal: readonly TextColumn[];
  private readonly numbers: readonly Float64Array[][];
  private readonly groupKeys: readonly TextColumn[];
  private readonly measures: readonly Float64Array[][];
  private readonly plan: ScanPlan;

  constructor(plan: ScanPlan) {
    this.plan = plan;
    this.nominal = plan.factors.map(() => new TextColumn(MOST_LEVELS));
    this.numbers = plan.factors.map(() => []);
    this.groupKeys = plan.groupKeys.map(() => new TextColumn());
    this.measures = plan.measures.map(() => []);
  }

  /** Adds a page and says how many images it held. */
  add(page: SubjectPage): number {
    const buckets: number[] = JSON.parse(page.buckets);
    this.ids.push(page.ids);
    this.units.add(page.units, (image) => this.bucketOfUnit.push(buckets[image]!));
    this.known.push(Uint8Array.from(page.unitKnown, Number));
    const votes = imageVotes(JSON.parse(page.raters), JSON.parse(page.labels), this.plan.wholeImageClasses);
    this.addLabels(votes);
    const captured = JSON.parse(page.captured) as (string | null)[];
    this.days.push(Int32Array.from(captured, (at) => this.day(at)));
    this.stages.add(page.stages);
    this.reasons.add(page.reasons);
    this.excludedBy.add(page.excludedBy);
    if (page.parts !== null) this.parts.add(page.parts);
    if (page.digests !== null) this.digests.add(page.digests);
    page.factors.forEach((column, index) => {
      if (typeof column === 'string') this.nominal[index]!.add(column);
      else if (column === null)
        this.nominal[index]!.addValues(
          derivedValues(this.plan.factors[index]!.name as DerivedFactor, captured, votes),
        );
      else this.numbers[index]!.push(doubles(column));
    });
    page.groupKeys.forEach((column, index) => {
      this.groupKeys[index]!.add(column);
    });
    page.measures.forEach((column, index) => {
      this.measures[index]!.push(doubles(column));
    });
    this.imageCount += buckets.length;
    return buckets.length;
  }

  finish(): Subjects {
    const ids = joined(Uint8Array, this.ids);
    return pickSubjects(this.arrived(ids), orderOfIds(ids));
  }

  /** In the order in which they came. */
  private arrived(ids: Uint8Array): Subjects {
    const units = this.units.finish();
    const bucketOf = new Uint8Array(units.names.length);
    this.bucketOfUnit.forEach((bucket, arrival) => {
      bucketOf[units.codeOfArrival[arrival]!] =
        units.names.length < BUCKET_COUNT ? units.codeOfArrival[arrival]! : bucket;
    });
    const structure: UnitStructure = {
      unitOf: units.codes,
      bucketOf,
      unitCount: units.names.length,
      bucketCount: Math.min(BUCKET_COUNT, Math.max(1, units.names.length)),
    };
    return {
      imageCount: this.imageCount,
      units: structure,
      unitNames: units.names,
      unitKnown: joined(Uint8Array, this.known),
      factors: this.plan.factors.map((_, index) => this.factor(index)),
      classes: this.classes(),
      measures: this.plan.measures.map((name, index) => ({
        name,
        values: joined(Float64Array, this.measures[index]!),
      })),
      days: joined(Int32Array, this.days),
      exclusions: {
        stage: variableOf(this.stages),
        reason: this.reasons.overflown ? null : variableOf(this.reasons),
        by: variableOf(this.excludedBy),
      },
      parts: this.plan.hasParts ? variableOf(this.parts) : null,
      groupKeys: this.plan.groupKeys.map((name, index): GroupKey => {
        const { codes, names } = this.groupKeys[index]!.finish();
        return { name, groupOf: codes, names };
      }),
      identities: this.plan.hasIdentities ? this.identities(ids) : null,
    };
  }

  private identities(bytes: Uint8Array): Identities {
    const { codes, names } = this.digests.finish();
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
    const ids = Array.from({ length: this.imageCount }, (_, image) =>
      hex.slice(32 * image, 32 * (image + 1)),
    );
    return { ids, digestOf: codes, digests: names };
  }

  private factor(index: number): Factor {
    const { name, kind, origin } = this.plan.factors[index]!;
    if (kind === 'NOMINAL') {
      const column = this.nominal[index]!;
      return { name, kind, origin, variable: column.overflown ? null : variableOf(column), numbers: null };
    }
    const numbers = joined(Float64Array, this.numbers[index]!);
    return { name, kind, origin, variable: binnedVariable(numbers), numbers };
  }

  private addLabels(votes: readonly ImageVotes[]): void {
    const flat: string[] = [];
    for (const { labels, several } of votes) {
      this.classCounts.push(labels.length);
      if (labels.length > 0) this.labelledCount += 1;
      if (several) this.severalCount += 1;
      for (const label of labels) flat.push(label);
    }
    this.classCodes.addValues(flat);
  }

  /** Several classes an image where only shapes are labelled, or where one rater gave more than 1 % of them two. */
  private showsSeveral(): boolean {
    if (!this.plan.wholeImageClasses) return this.labelledCount > 0;
    return this.severalCount > this.labelledCount / 100;
  }

  private classes(): ImageClasses {
    const { codes, names } = this.classCodes.finish();
    const declared = new Set(this.plan.classes);
    const all = [...this.plan.classes, ...names.filter((name) => !declared.has(name))];
    const place = new Map(all.map((name, index) => [name, index]));
    if (all.length > 32_767)
      throw new DomainError('INTERNAL', `${all.length} classes are more than a report can hold (32767).`);
    const placeOf = names.map((name) => place.get(name)!);
    const offsets = new Int32Array(this.imageCount + 1);
    this.classCounts.forEach((count, image) => {
      offsets[image + 1] = offsets[image]! + count;
    });
    return {
      mode: this.showsSeveral() ? 'MULTIPLE' : 'SINGLE',
      names: all,
      offsets,
      codes: Int16Array.from(codes, (code) => placeOf[code]!),
    };
  }

  private day(at: string | null): number {
    if (at === null) return NO_DAY;
    const date = at.slice(0, 10);
    let day = this.dayOf.get(date);
    if (day === undefined) {
      const instant = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
      day = Number.isNaN(instant) ? NO_DAY : Math.floor(instant / DAY);
      this.dayOf.set(date, day);
    }
    return day;
  }
}

function doubles(bigEndian: Uint8Array): Float64Array {
  const view = new DataView(bigEndian.buffer, bigEndian.byteOffset, bigEndian.byteLength);
  return Float64Array.from({ length: bigEndian.byteLength / 8 }, (_, index) => view.getFloat64(index * 8));
}

/** The places of the ids (16 bytes each) in their ascending order. */
function orderOfIds(ids: Uint8Array): Int32Array {
  const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
  const order = Int32Array.from({ length: ids.length / 16 }, (_, image) => image);
  const head = Float64Array.from(
    order,
    (image) => view.getUint32(image * 16) * 2 ** 20 + (view.getUint32(image * 16 + 4) >>> 12),
  );
  const rest = (a: number, b: number) => {
    for (let byte = 0; byte < 16; byte += 1) {
      const difference = ids[a * 16 + byte]! - ids[b * 16 + byte]!;
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return order.sort((a, b) => head[a]! - head[b]! || rest(a, b));
}

interface TypedArray {
  readonly length: number;
  set(values: ArrayLike<number>, offset: number): void;
}

function joined<T extends TypedArray>(type: new (length: number) => T, chunks: readonly T[]): T {
  const whole = new type(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk as unknown as ArrayLike<number>, at);
    at += chunk.length;
  }
  return whole;
}
