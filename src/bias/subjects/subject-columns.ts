import { DomainError } from '../../kernel/errors.ts';
import type { UnitStructure } from '../../statistics/coded-variable.ts';
import { BUCKET_COUNT } from '../../statistics/unit-bucket.ts';
import { binnedVariable } from '../variables/binned-variable.ts';
import { CaptureColumns } from './capture-columns.ts';
import { IdPlaces, orderOfIds } from './image-ids.ts';
import { type ImageVotes, VoteColumns } from './image-votes.ts';
import { joined } from './joined.ts';
import { NumberColumn } from './number-column.ts';
import type { ImagePage, ScanPlan, SubjectPage } from './subject-page.ts';
import type { Factor, Identities, ImageClasses, NamedVariable, Subjects } from './subjects.ts';
import { TextPages } from './text-pages.ts';
import { variableOf } from './variable-of.ts';

/** A factor has at most this many levels; more is an identifier (specification §0.6). */
const MOST_LEVELS = 1000;

/** The images as they came, and the places of them in the order of their ids. */
interface Arrivals {
  readonly ids: Uint8Array;
  readonly order: Int32Array;
  readonly places: IdPlaces;
}

/**
 * Gathers the pages of a scan into columns, in the order of the images' ids. Codes are in the order of the names' UTF-8
 * bytes. So the columns are the same in whatever order a database hands out its rows.
 */
export class SubjectColumns {
  private readonly ids: Uint8Array[] = [];
  private readonly units = new TextPages();
  private readonly bucketOfUnit: number[] = [];
  private readonly known: Uint8Array[] = [];
  private readonly captures = new CaptureColumns();
  private readonly stages = new TextPages();
  private readonly reasons = new TextPages(MOST_LEVELS);
  private readonly excludedBy = new TextPages();
  private readonly parts = new TextPages();
  private readonly digests = new TextPages();
  private readonly votes = new VoteColumns();
  private readonly nominal: readonly TextPages[];
  private readonly numbers: readonly NumberColumn[];
  private readonly groupKeys: readonly TextPages[];
  private readonly measures: readonly NumberColumn[];
  private readonly plan: ScanPlan;
  private arrived: Arrivals | null = null;

  constructor(plan: ScanPlan) {
    this.plan = plan;
    this.nominal = plan.factors.map(() => new TextPages(MOST_LEVELS));
    this.numbers = plan.factors.map(() => new NumberColumn());
    this.groupKeys = plan.groupKeys.map(() => new TextPages());
    this.measures = plan.measures.map(() => new NumberColumn());
  }

  /** Adds a page and says how many images it held. */
  add(page: SubjectPage): number {
    if (page.of === 'IMAGES') return this.addImages(page);
    this.votes.add(page, this.arrivals().places.find(page.ids));
    return 0;
  }

  finish(): Subjects {
    const { ids, order } = this.arrivals();
    const { plan } = this;
    const votes = this.votes.finish(order.length, plan.wholeImageClasses);
    const units = this.units.finish(order);
    return {
      imageCount: order.length,
      units: this.structure(units.codes, units.codeOfArrival),
      unitNames: units.names,
      unitKnown: picked(joined(Uint8Array, this.known), order),
      factors: plan.factors.map((_, index) => this.factor(index, order, votes)),
      classes: imageClasses(plan, votes),
      measures: plan.measures.map((name, index) => ({ name, values: this.measures[index]!.finish(order) })),
      days: this.captures.days(order),
      exclusions: {
        stage: variableOf(this.stages, order),
        reason: this.reasons.overflown ? null : variableOf(this.reasons, order),
        by: variableOf(this.excludedBy, order),
      },
      parts: plan.hasParts ? variableOf(this.parts, order) : null,
      groupKeys: plan.groupKeys.map((name, index) => {
        const { codes, names } = this.groupKeys[index]!.finish(order);
        return { name, groupOf: codes, names };
      }),
      identities: plan.hasIdentities ? this.identities(ids, order) : null,
    };
  }

  /** All images have come by the time that this is asked for. */
  private arrivals(): Arrivals {
    if (this.arrived === null) {
      const ids = joined(Uint8Array, this.ids);
      const order = orderOfIds(ids);
      this.arrived = { ids, order, places: new IdPlaces(ids, order) };
    }
    return this.arrived;
  }

  private addImages(page: ImagePage): number {
    const count = page.ids.length / 16;
    this.ids.push(page.ids);
    this.units.add(page.units, count, (image) => this.bucketOfUnit.push(page.buckets[image]!));
    this.known.push(page.unitKnown);
    this.captures.add(page.captured, count);
    this.stages.add(page.stages, count);
    this.reasons.add(page.reasons, count);
    this.excludedBy.add(page.excludedBy, count);
    this.parts.add(page.parts, count);
    this.digests.add(page.digests, count);
    this.plan.factors.forEach(({ kind }, index) => {
      const columns = kind === 'NOMINAL' ? this.nominal : this.numbers;
      columns[index]!.add(page.factors[index]!, count);
    });
    this.groupKeys.forEach((column, index) => {
      column.add(page.groupKeys[index]!, count);
    });
    this.measures.forEach((column, index) => {
      column.add(page.measures[index]!, count);
    });
    return count;
  }

  private structure(unitOf: Int32Array, codeOfArrival: Int32Array): UnitStructure {
    const unitCount = codeOfArrival.length;
    const bucketOf = new Uint8Array(unitCount);
    this.bucketOfUnit.forEach((bucket, arrival) => {
      const code = codeOfArrival[arrival]!;
      bucketOf[code] = unitCount < BUCKET_COUNT ? code : bucket;
    });
    return { unitOf, bucketOf, unitCount, bucketCount: Math.min(BUCKET_COUNT, Math.max(1, unitCount)) };
  }

  private identities(bytes: Uint8Array, order: Int32Array): Identities {
    const { codes, names } = this.digests.finish(order);
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
    return {
      ids: Array.from(order, (image) => hex.slice(32 * image, 32 * (image + 1))),
      digestOf: codes,
      digests: names,
    };
  }

  private factor(index: number, order: Int32Array, votes: ImageVotes): Factor {
    const { name, kind, origin } = this.plan.factors[index]!;
    if (kind === 'CONTINUOUS') {
      const numbers = this.numbers[index]!.finish(order);
      return { name, kind, origin, variable: binnedVariable(numbers), numbers };
    }
    if (origin === 'DERIVED' && name === 'annotator')
      return { name, kind, origin, variable: soleRaters(votes), numbers: null };
    const column = origin === 'DERIVED' ? this.derived(name) : this.nominal[index]!;
    const variable = column.overflown ? null : variableOf(column, order);
    return { name, kind, origin, variable, numbers: null };
  }

  /** The other derived factors are the day and the hour of the capture. */
  private derived(name: string): TextPages {
    return name === 'captureDate'
      ? this.captures.dateColumn(MOST_LEVELS)
      : this.captures.hourColumn(MOST_LEVELS);
  }
}

function picked(values: Uint8Array, places: Int32Array): Uint8Array {
  return Uint8Array.from(places, (place) => values[place]!);
}

/** Who labelled each image alone, as a factor. */
function soleRaters({ soleRaters: raters, raterNames }: ImageVotes): NamedVariable | null {
  const { codes, names } = inUse(raters, raterNames);
  return names.length > MOST_LEVELS ? null : { codes: Int16Array.from(codes), levels: names.length, names };
}

function imageClasses({ classes, wholeImageClasses }: ScanPlan, votes: ImageVotes): ImageClasses {
  const { codes, names } = inUse(votes.labels, votes.labelNames);
  const declared = new Set(classes);
  const all = [...classes, ...names.filter((name) => !declared.has(name))];
  if (all.length > 32_767)
    throw new DomainError('INTERNAL', `${all.length} classes are more than a report can hold (32767).`);
  const place = new Map(all.map((name, index) => [name, index]));
  const placeOf = names.map((name) => place.get(name)!);
  return {
    mode: showsSeveral(votes, wholeImageClasses) ? 'MULTIPLE' : 'SINGLE',
    names: all,
    offsets: votes.offsets,
    codes: Int16Array.from(codes, (code) => placeOf[code]!),
  };
}

/** Several classes an image where only shapes are labelled, or where one rater gave more than 1 % of them two. */
function showsSeveral({ labelledCount, severalCount }: ImageVotes, wholeImageClasses: boolean): boolean {
  return wholeImageClasses ? severalCount > labelledCount / 100 : labelledCount > 0;
}

/** Codes anew, of those names alone that are in use. */
function inUse(codes: Int32Array, names: readonly string[]) {
  const used = new Uint8Array(names.length);
  for (const code of codes) if (code >= 0) used[code] = 1;
  const anew = new Int32Array(names.length);
  const kept: string[] = [];
  names.forEach((name, code) => {
    if (used[code] === 1) anew[code] = kept.push(name) - 1;
  });
  return { codes: codes.map((code) => (code < 0 ? -1 : anew[code]!)), names: kept };
}
