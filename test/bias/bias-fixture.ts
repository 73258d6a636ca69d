import type { BiasCounts, LevelCount } from '../../src/bias/bias-counts.ts';
import { seeded } from '../statistics/oracle.ts';

/** One image as the tests write it; `unit` null: the image is its own unit. */
export interface Subject {
  readonly unit: string | null;
  readonly label: string | null;
  readonly values: Readonly<Record<string, string | null>>;
}

export const streams = (statistic: string) => seeded(statistic.length);

/** The additive tables the database would give of these images; fewer than 50 units are a bucket each. */
export function countsOf(
  subjects: readonly Subject[],
  factorNames: readonly string[],
  classes: readonly string[],
) {
  const units = subjects.map(({ unit }, index) => unit ?? `image ${index}`);
  const distinct = [...new Set(units)];
  const bucketOf = (index: number) => distinct.indexOf(units[index]!) % 50;
  const unitsWhere = (holds: (subject: Subject) => boolean) =>
    new Set(units.filter((_, index) => holds(subjects[index]!))).size;
  const value = (subject: Subject, name: string) => subject.values[name] ?? null;
  const factors = factorNames.map((name) => {
    const levels = [...new Set(subjects.flatMap((subject) => value(subject, name) ?? []))].map(
      (level): LevelCount => {
        const has = (subject: Subject) => value(subject, name) === level;
        return { level, images: subjects.filter(has).length, units: unitsWhere(has) };
      },
    );
    const status = levels.length === 0 ? ('NEVER_RECORDED' as const) : ('COUNTED' as const);
    return { name, kind: 'NOMINAL' as const, status, levels };
  });
  const counts: BiasCounts = {
    population: {
      imageCount: subjects.length,
      unitCount: distinct.length,
      imagesOfUnknownUnit: subjects.filter(({ unit }) => unit === null).length,
    },
    labels: {
      mode: 'SINGLE',
      classes,
      unlabelledImages: subjects.filter(({ label }) => label === null).length,
      tiedImages: 0,
    },
    labelledUnits: unitsWhere(({ label }) => label !== null),
    factors,
    factorUnits: factorNames.map((name) => ({
      known: unitsWhere((subject) => value(subject, name) !== null),
      labelled: unitsWhere((subject) => value(subject, name) !== null && subject.label !== null),
    })),
    presence: subjects.map((subject, index) => ({
      bucket: bucketOf(index),
      label: subject.label,
      labelled: subject.label !== null,
      images: 1,
      known: factorNames.map((name) => (value(subject, name) === null ? 0 : 1)),
    })),
  };
  const cells = subjects.flatMap((subject, index) =>
    factorNames.map((name, factor) => ({
      factor,
      bucket: bucketOf(index),
      level: value(subject, name),
      label: subject.label,
      labelled: subject.label !== null,
      images: 1,
    })),
  );
  const seen = new Set<string>();
  const classUnits = subjects.flatMap(({ label }, index) => {
    const key = JSON.stringify([label, units[index]]);
    if (label === null || seen.has(key)) return [];
    seen.add(key);
    return [{ bucket: bucketOf(index), label, units: 1 }];
  });
  return { counts, cells, labelledCells: cells.filter(({ labelled }) => labelled), classUnits };
}

/** So many images of each level, all of them units of their own. */
export function images(
  factor: string,
  levels: Readonly<Record<string, number>>,
  label: string | null = null,
): Subject[] {
  return Object.entries(levels).flatMap(([level, count]) =>
    Array.from({ length: count }, () => ({ unit: null, label, values: { [factor]: level } })),
  );
}

/** Every number anywhere in a report. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(numbersIn);
}
