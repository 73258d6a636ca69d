import { DomainError } from '../../kernel/errors.ts';
import type { RatedColumns } from '../../statistics/rated-columns.ts';
import { BUCKET_COUNT } from '../../statistics/unit-bucket.ts';
import { joined } from '../subjects/joined.ts';
import { TextPages } from '../subjects/text-pages.ts';
import { IdCodes } from './id-codes.ts';
import { type ItemRatings, latestRatings } from './latest-ratings.ts';
import type { AgreementInput, RatedImages, RatedValues } from './rated-images.ts';
import type { RatedImagesPage, RatingKind, RatingPlan, RatingsPage } from './rating-page.ts';
import { type RatingRows, RatingRowsBuilder } from './rating-rows.ts';

/** Attributes beyond these are left out, the last by name. */
const MOST_ATTRIBUTES = 100;
const MOST_CLASSES = 32_767;

/** Gathers pages of kept images and of ratings, in whatever order they come, into the columns of the report. */
export class RatingColumns {
  private readonly ids = new IdCodes();
  private readonly images: Int32Array[] = [];
  private readonly units = new TextPages();
  private readonly bucketOfUnit: number[] = [];
  private unknownUnits = 0;
  private readonly rows: Readonly<Record<RatingKind, RatingRowsBuilder>> = {
    CLASS: new RatingRowsBuilder(),
    VALUE: new RatingRowsBuilder(),
  };
  private readonly plan: RatingPlan;

  constructor(plan: RatingPlan) {
    this.plan = plan;
  }

  /** Adds a page of images and says how many it held. */
  addImages({ ids, units, unitKnown, buckets }: RatedImagesPage): number {
    const codes = this.ids.codesOf(ids);
    this.images.push(codes);
    this.units.add(units, codes.length, (image) => this.bucketOfUnit.push(buckets[image]!));
    for (const known of unitKnown) if (known === 0) this.unknownUnits += 1;
    return codes.length;
  }

  addRatings(kind: RatingKind, page: RatingsPage): void {
    this.rows[kind].add(page, this.ids.codesOf(page.ids));
  }

  finish(): Omit<AgreementInput, 'personal'> {
    const images = joined(Int32Array, this.images);
    const items = images.length;
    const itemOf = new Int32Array(this.ids.count).fill(-1);
    for (let item = 0; item < items; item += 1) itemOf[images[item]!] = item;
    const units = this.units.finish(images.map((_, item) => item));
    const bucketOfUnit = new Uint8Array(units.names.length);
    this.bucketOfUnit.forEach((bucket, arrival) => {
      bucketOfUnit[units.codeOfArrival[arrival]!] = bucket;
    });
    const frame = { itemCount: items, unitOf: units.codes, bucketOfUnit, itemOf };
    return {
      population: {
        imageCount: items,
        unitCount: units.names.length,
        imagesOfUnknownUnit: this.unknownUnits,
      },
      labels: this.labels(this.rows.CLASS.finish(), frame),
      values: this.values(this.rows.VALUE.finish(), frame),
    };
  }

  private labels(rows: RatingRows, frame: Frame): RatedImages {
    const isGroup = this.groupsOf(rows.raters);
    const ratings = latestRatings(rows, frame.itemOf, frame.itemCount, isGroup);
    const used = new Uint8Array(rows.labels.length);
    for (const row of ratings.rows) used[rows.labelOf[row]!] = 1;
    const place = new Map(this.plan.classes.map((name, index) => [name, index]));
    const order = (label: number) => place.get(rows.labels[label]!) ?? Number.POSITIVE_INFINITY;
    const classes = [...used.keys()]
      .filter((label) => used[label] === 1)
      .sort((a, b) => (order(a) === order(b) ? a - b : order(a) - order(b)));
    if (classes.length > MOST_CLASSES)
      throw new DomainError(
        'INTERNAL',
        `${classes.length} classes are more than a report can hold (${MOST_CLASSES}).`,
      );
    const classOf = new Int32Array(rows.labels.length);
    classes.forEach((label, index) => {
      classOf[label] = index;
    });
    return {
      ...columnsOf(rows, ratings, frame, isGroup, (row) => classOf[rows.labelOf[row]!]!),
      classCount: classes.length,
      classes: classes.map((label) => rows.labels[label]!),
      isOrdered: classes.every((label) => Number.isFinite(order(label))),
      superseded: ratings.superseded,
    };
  }

  private values(rows: RatingRows, frame: Frame): RatedValues[] {
    const isGroup = this.groupsOf(rows.raters);
    return rows.labels.slice(0, MOST_ATTRIBUTES).map((attribute, code) => {
      const isTaken = (row: number) => rows.labelOf[row] === code && !Number.isNaN(rows.values![row]!);
      const named = (row: number) => isTaken(row) && isGroup[rows.raterOf[row]!] === 0;
      const ratings = latestRatings(rows, frame.itemOf, frame.itemCount, isGroup, named);
      return {
        ...columnsOf(rows, ratings, frame, isGroup, () => 0),
        attribute,
        superseded: ratings.superseded,
        values: Float64Array.from(ratings.rows, (row) => rows.values![row]!),
      };
    });
  }

  private groupsOf(raters: readonly string[]): Uint8Array {
    const groups = new Set(this.plan.groups);
    return Uint8Array.from(raters, (rater) => (groups.has(rater) ? 1 : 0));
  }
}

interface Frame {
  readonly itemCount: number;
  /** Of each image, in the order in which they came. */
  readonly unitOf: Int32Array;
  readonly bucketOfUnit: Uint8Array;
  /** Of the code of an image: its place; −1: it is not kept. */
  readonly itemOf: Int32Array;
}

/** Raters who gave none of these ratings fall away; those who are only counted have no name. */
function columnsOf(
  rows: RatingRows,
  { offsets, rows: kept }: ItemRatings,
  { itemCount, unitOf, bucketOfUnit }: Frame,
  isGroup: Uint8Array,
  classOf: (row: number) => number,
): RatedColumns & Pick<RatedImages, 'raters' | 'sharedUnits'> {
  const present = new Uint8Array(rows.raters.length);
  for (const row of kept) present[rows.raterOf[row]!] = 1;
  const named = [...present.keys()].filter((rater) => present[rater] === 1 && isGroup[rater] === 0);
  const codeOf = new Int32Array(rows.raters.length).fill(-1);
  named.forEach((rater, code) => {
    codeOf[rater] = code;
  });
  const [classes, raterOf] = [new Int16Array(kept.length), new Int32Array(kept.length)];
  const votes = new Int32Array(kept.length).fill(1);
  for (let place = 0; place < kept.length; place += 1) {
    const row = kept[place]!;
    const rater = rows.raterOf[row]!;
    classes[place] = classOf(row);
    raterOf[place] = codeOf[rater]!;
    if (isGroup[rater] === 1 && rows.votes !== null) votes[place] = rows.votes[row]!;
  }
  const columns = {
    itemCount,
    offsets,
    classOf: classes,
    raterOf,
    votes,
    unitOf,
    unitCount: bucketOfUnit.length,
    classCount: 1,
    raterCount: named.length,
    raters: named.map((rater) => rows.raters[rater]!),
  };
  return { ...columns, ...bucketsOf(columns, bucketOfUnit) };
}

/** With fewer than 50 units among the shared items each of these is a bucket of its own (specification §0.3). */
function bucketsOf(
  { itemCount, offsets, votes, unitOf }: Pick<RatedColumns, 'itemCount' | 'offsets' | 'votes' | 'unitOf'>,
  bucketOfUnit: Uint8Array,
): Pick<RatedImages, 'bucketOf' | 'bucketCount' | 'sharedUnits'> {
  const isShared = new Uint8Array(bucketOfUnit.length);
  for (let item = 0; item < itemCount; item += 1) {
    const [start, end] = [offsets[item]!, offsets[item + 1]!];
    if (end - start > 1 || (end > start && votes[start]! > 1)) isShared[unitOf[item]!] = 1;
  }
  const shared = isShared.reduce((total, one) => total + one, 0);
  const ofUnit = bucketOfUnit.slice();
  const bucketCount = Math.min(BUCKET_COUNT, Math.max(1, shared));
  if (shared < BUCKET_COUNT) {
    let rank = 0;
    for (const [unit, one] of isShared.entries()) {
      ofUnit[unit] = one === 1 ? rank : ofUnit[unit]! % bucketCount;
      rank += one;
    }
  }
  const bucketOf = new Uint8Array(itemCount);
  for (let item = 0; item < itemCount; item += 1) bucketOf[item] = ofUnit[unitOf[item]!]!;
  return { bucketOf, bucketCount, sharedUnits: shared };
}
