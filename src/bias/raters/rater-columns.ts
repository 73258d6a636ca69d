import { compareText } from '../../kernel/compare-text.ts';
import type { ClassRatings } from '../../statistics/class-ratings.ts';
import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';
import type { RatedColumns } from '../../statistics/rated-columns.ts';
import { BUCKET_COUNT } from '../../statistics/unit-bucket.ts';
import { RATER_FACTORS, type RaterPage, type RaterStatement } from './rater-page.ts';

/** A later look of a rater at an item, beside the first. */
export interface Repeat {
  readonly rater: number;
  readonly item: number;
  readonly first: number;
  readonly second: number;
  /** NaN where a moment is not known. */
  readonly hoursApart: number;
}

/** What the report on raters is made from; items are images. */
export interface RaterColumns {
  readonly raters: readonly string[];
  readonly classes: readonly string[];
  readonly columns: RatedColumns;
  /** Of each rating of `columns`: milliseconds since 1970, seconds spent; NaN where not known. */
  readonly at: Float64Array;
  readonly seconds: Float64Array;
  /** Every look of every person. */
  readonly allLooks: ClassRatings;
  readonly repeats: readonly Repeat[];
  /** By item: the class that the first of the references gives it, −1 for none. */
  readonly referenceOf: Int32Array;
  readonly reference: string | null;
  readonly factors: readonly {
    readonly name: string;
    readonly variable: CodedVariable;
    readonly levels: readonly string[];
  }[];
  readonly imageCount: number;
  readonly imagesOfUnknownUnit: number;
  readonly units: UnitStructure;
}

const MOST_LEVELS = 100;
const HOUR = 3_600_000;

/** Codes what pages of images say: raters and units in the order of their names, classes as declared, then by name. */
export function raterColumns(pages: readonly RaterPage[], declaredClasses: readonly string[]): RaterColumns {
  const images = pages.flatMap((page) => page.images);
  const said = images.flatMap(({ ratings }) => ratings);
  const names = (of: Iterable<string>) => [...new Set(of)].sort(compareText);
  const raters = names(said.filter(({ kind }) => kind === 'HUMAN').map(({ annotator }) => annotator));
  const references = names(said.filter(({ kind }) => kind === 'REFERENCE').map(({ annotator }) => annotator));
  const used = new Set(said.map(({ label }) => label));
  const declared = declaredClasses.filter((name) => used.has(name));
  const classes = [...declared, ...names([...used].filter((name) => !declared.includes(name)))];
  const [raterCode, classCode] = [codes(raters), codes(classes)];
  const unitNames = names(images.map(({ unit }) => unit));
  const unitCode = codes(unitNames);
  const reference = references[0] ?? null;

  const rows: { rater: number; label: number; votes: number; at: number; seconds: number }[] = [];
  const offsets = new Int32Array(images.length + 1);
  const looks: { item: number; rater: number; label: number }[] = [];
  const repeats: Repeat[] = [];
  const referenceOf = new Int32Array(images.length).fill(-1);
  images.forEach((image, item) => {
    const latest = latestOfLooks(image.ratings);
    const firsts = new Map<string, RaterStatement>();
    for (const rating of latest) {
      const label = classCode.get(rating.label)!;
      if (rating.kind === 'REFERENCE') {
        if (rating.annotator === reference) referenceOf[item] = label;
        continue;
      }
      const rater = rating.kind === 'GROUP' ? -1 : raterCode.get(rating.annotator)!;
      if (rater >= 0) looks.push({ item, rater, label });
      if (rating.pass === 1) {
        firsts.set(rating.annotator, rating);
        rows.push({
          rater,
          label,
          votes: rater < 0 ? rating.votes : 1,
          at: moment(rating.at),
          seconds: number(rating.seconds),
        });
      } else if (rater >= 0 && firsts.has(rating.annotator)) {
        const first = firsts.get(rating.annotator)!;
        const hoursApart = (moment(rating.at) - moment(first.at)) / HOUR;
        repeats.push({ rater, item, first: classCode.get(first.label)!, second: label, hoursApart });
      }
    }
    offsets[item + 1] = rows.length;
  });
  const unitOf = Int32Array.from(images, ({ unit }) => unitCode.get(unit)!);
  const bucketOf = new Uint8Array(unitNames.length);
  for (const { unit, bucket } of images) bucketOf[unitCode.get(unit)!] = bucket;
  const bucketCount = Math.max(1, Math.min(BUCKET_COUNT, unitNames.length));
  return {
    raters,
    classes,
    columns: {
      itemCount: images.length,
      offsets,
      classOf: Int16Array.from(rows, ({ label }) => label),
      raterOf: Int32Array.from(rows, ({ rater }) => rater),
      votes: Int32Array.from(rows, ({ votes }) => votes),
      unitOf,
      bucketOf: Uint8Array.from(images, ({ bucket }) => bucket),
      unitCount: unitNames.length,
      bucketCount,
      classCount: classes.length,
      raterCount: raters.length,
    },
    at: Float64Array.from(rows, ({ at }) => at),
    seconds: Float64Array.from(rows, ({ seconds }) => seconds),
    allLooks: {
      items: images.length,
      annotators: raters.length,
      classes: classes.length,
      itemOf: Int32Array.from(looks, ({ item }) => item),
      annotatorOf: Int32Array.from(looks, ({ rater }) => rater),
      labelOf: Int32Array.from(looks, ({ label }) => label),
    },
    repeats,
    referenceOf,
    reference,
    factors: RATER_FACTORS.flatMap((name, index) => {
      const levels = names(images.flatMap(({ factors }) => factors[index] ?? []));
      if (levels.length < 2 || levels.length > MOST_LEVELS) return [];
      const code = codes(levels);
      const of = Int16Array.from(images, ({ factors }) =>
        factors[index] == null ? -1 : code.get(factors[index]!)!,
      );
      return [{ name, variable: { codes: of, levels: levels.length }, levels }];
    }),
    imageCount: images.length,
    imagesOfUnknownUnit: images.filter(({ unitKnown }) => !unitKnown).length,
    units: { unitOf, bucketOf, unitCount: unitNames.length, bucketCount },
  };
}

/** The latest word of each annotator in each look, of groups of each class; by annotator, then look, then class. */
function latestOfLooks(ratings: readonly RaterStatement[]): RaterStatement[] {
  const latest = new Map<string, RaterStatement>();
  for (const rating of ratings) {
    const key = JSON.stringify([
      rating.annotator,
      rating.pass,
      rating.kind === 'GROUP' ? rating.label : null,
    ]);
    const held = latest.get(key);
    if (held === undefined || compareText(held.order, rating.order) < 0) latest.set(key, rating);
  }
  return [...latest.values()].sort(
    (a, b) => compareText(a.annotator, b.annotator) || a.pass - b.pass || compareText(a.label, b.label),
  );
}

const codes = (names: readonly string[]) => new Map(names.map((name, code) => [name, code]));
const moment = (at: string | null) => (at === null ? Number.NaN : Date.parse(at));
const number = (decimal: string | null) => (decimal === null ? Number.NaN : Number(decimal));
