import type { Bands, Verdict } from '../../statistics/colour.ts';
import type { ContingencyTable } from '../../statistics/contingency-table.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { missingMetadata } from '../../statistics/missing-metadata.ts';
import { missingVerdict } from '../../statistics/missing-verdict.ts';
import { sum } from '../../statistics/sum.ts';
import type { BiasCounts, PresenceRow } from '../bias-counts.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { type ImageSelection, keptWhere } from '../images/image-selection.ts';
import type { Subjects } from '../subjects/subjects.ts';
import { type Addend, bucketedTable } from '../variables/bucketed-table.ts';
import { missingByFactor } from './missing-by-factor.ts';
import { missingByLabel } from './missing-by-label.ts';

export interface MissingField {
  readonly name: string;
  readonly images: Estimate;
  readonly share: Estimate;
  /** Bias-corrected V of "missing" with the label; where images show several classes, with the class it goes with most. */
  readonly labelDependence: Estimate | null;
  /** That class; null where `labelDependence` is of the label as a whole. */
  readonly label: string | null;
  readonly verdict: Verdict;
  /** The images without it. */
  readonly selection: ImageSelection;
}

/** What the absence of a field may go with. CLASS: one class, where images show several. */
export type DependenceKind = 'FIELD' | 'LABEL' | 'CLASS';

export interface TestedDependence {
  readonly field: string;
  readonly kind: DependenceKind;
  readonly on: string;
  readonly table: ContingencyTable;
  /** Bias-corrected V of the absence with it. */
  readonly association: Estimate;
}

export interface MissingMetadata {
  readonly fields: readonly (Pick<MissingField, 'name' | 'images' | 'share'> & {
    readonly trueShare: Estimate;
  })[];
  /** All pairs that were tested. */
  readonly dependences: readonly TestedDependence[];
}

/** Fields whose absence is held against every other field: those missing most. */
const MOST_COMPARED_FIELDS = 40;

/**
 * How much of each field is missing, and whether its absence goes with the label or another field. Fields that no image
 * has are no fields of the dataset and are left out, unless they were declared; so is the one who labelled an image alone.
 */
export function missingFields(
  subjects: Subjects,
  counts: BiasCounts,
  personal: boolean,
  random: () => number,
): MissingMetadata {
  const declared = new Set(
    subjects.factors.flatMap(({ name, origin }) => (origin === 'DECLARED' ? [name] : [])),
  );
  const rows = counts.presence.filter(({ label }) => counts.labels.mode === 'SINGLE' || label === null);
  const fields = counts.factors.flatMap(({ name, status }, factor) => {
    if (name === 'annotator' || (status === 'NEVER_RECORDED' && !declared.has(name))) return [];
    return [{ name, factor, images: sum(rows.map((row) => row.images - row.known[factor]!)) }];
  });
  const all = counts.population.imageCount;
  const compared = fields
    .filter(({ images }) => images > 0 && images < all)
    .toSorted((a, b) => b.images - a.images || a.factor - b.factor)
    .slice(0, MOST_COMPARED_FIELDS)
    .map(({ factor }) => factor);
  const byFactor = missingByFactor(subjects, counts, compared);
  const pairs = fields.map(({ factor }) => [
    ...missingByLabel(counts, factor),
    ...byFactor.flatMap(({ field, factor: other, table }) =>
      field === factor ? [{ kind: 'FIELD' as const, name: counts.factors[other]!.name, table }] : [],
    ),
  ]);
  const measured = missingMetadata(
    fields.map(({ name, factor }, index) => ({
      name,
      missing: missingTable(rows, factor, counts.population),
      against: pairs[index]!,
    })),
    random,
  );
  return {
    fields: measured.map(({ name, share }, index) => {
      const { images } = fields[index]!;
      const [count] = hideSmallCounts(
        [images, all - images],
        { ...counts.population, method: 'images' },
        personal,
      );
      return { name, images: count!, share: hideWith(count!, share), trueShare: share };
    }),
    dependences: measured.flatMap(({ name: field, dependsOn }, index) =>
      dependsOn.map(({ association }, place): TestedDependence => {
        const { kind, name: on, table } = pairs[index]![place]!;
        return { field, kind, on, table, association };
      }),
    ),
  };
}

/** A field with the dependence on the label that is strongest of those tested, and its colour. */
export function missingField(
  { trueShare, ...field }: MissingMetadata['fields'][number],
  dependences: readonly TestedDependence[],
  bands: Bands,
): MissingField {
  const onLabel = dependences.filter((pair) => pair.field === field.name && pair.kind !== 'FIELD');
  const [strongest] = onLabel.toSorted((a, b) => strength(b.association) - strength(a.association));
  return {
    ...field,
    labelDependence: strongest ? hideWith(field.images, strongest.association) : null,
    label: strongest?.kind === 'CLASS' ? strongest.on : null,
    verdict: missingVerdict(trueShare, strongest?.association ?? null, bands),
    selection: keptWhere({ kind: 'MISSING', field: field.name }),
  };
}

function strength({ interval, value }: Estimate): number {
  return (interval?.lower ?? -1) + (value ?? 0) * 1e-6;
}

function missingTable(
  rows: readonly PresenceRow[],
  factor: number,
  basis: { imageCount: number; unitCount: number },
): BucketedTable {
  const addends = rows.flatMap(({ bucket, images, known }): Addend[] => [
    { bucket, cell: 0, amount: images - known[factor]! },
    { bucket, cell: 1, amount: images },
  ]);
  return bucketedTable(2, addends, basis);
}
