import { DECIMAL_COLUMNS } from '../acquisition/acquisition-record.ts';
import { COLUMN_NAMES } from '../acquisition/acquisition-values.ts';
import type { Geometry } from '../annotation/geometry.ts';
import { shapeBounds } from '../interchange/shape-bounds.ts';
import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import { imageShapes } from './image-shapes.ts';
import { imageTruth, statementsInForce } from './image-truth.ts';
import type { ImageRecord, RenderingOptions } from './rendering.ts';

/** What a table says of one image: classes by their place in the label schema, null where a class is not in it or nothing is known. */
export interface TableRow {
  readonly image_id: string;
  readonly sha256: string | null;
  readonly name: string | null;
  readonly address: string | null;
  readonly media_type: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly orientation: number | null;
  readonly bit_depth: number | null;
  readonly channels: number | null;
  readonly pages: number | null;
  readonly label: number | null;
  readonly label_source: string | null;
  /** A share for each class in the order of the label schema; null where there is no label of any kind. */
  readonly soft: readonly number[] | null;
  readonly labels: readonly RaterLabel[];
  readonly values: readonly RaterValue[];
  readonly objects: TableObjects;
  /** By column and by declared factor; numbers of those that `isNumeric`, texts of the others. */
  readonly acquisition: Readonly<Record<string, string | number | null>>;
  readonly factors: Readonly<Record<string, string | number | null>>;
}

export interface RaterLabel {
  readonly annotator: string;
  readonly annotator_kind: string;
  readonly label: number | null;
  readonly pass: number;
  readonly votes: number;
  readonly confidence: number | null;
  readonly seconds: number | null;
}

export interface RaterValue {
  readonly annotator: string;
  readonly attribute: string | null;
  readonly value: string | null;
}

/** One entry a shape in each list. */
export interface TableObjects {
  /** x, y, width, height of the enclosing box, in stored pixels. */
  readonly bbox: readonly (readonly number[])[];
  readonly category: readonly (number | null)[];
  readonly annotator: readonly string[];
  readonly kind: readonly string[];
  /** The shape itself as canonical JSON (docs/snapshot-format.md); null of an upright box, which `bbox` says. */
  readonly shape: readonly (string | null)[];
  readonly confidence: readonly (number | null)[];
}

/** Whether the values of an acquisition column or of a declared factor are decimals. */
export function isNumeric(of: string | SnapshotHeader['factors'][number]): boolean {
  return typeof of === 'string' ? DECIMAL_COLUMNS.includes(of) : of.kind === 'CONTINUOUS';
}

/** What makes the row of an image. */
export function tableRows(
  header: SnapshotHeader,
  options: RenderingOptions,
): (record: ImageRecord) => TableRow {
  const places = new Map(header.classes.map(({ name }, index) => [name, index]));
  return (record) => tableRow(record, header, options, places);
}

/** The same with the names of classes in place of their numbers, for forms that have no list of classes beside them. */
export function namedRow(row: TableRow, { classes }: SnapshotHeader) {
  const nameOf = (label: number | null) => (label === null ? null : classes[label]!.name);
  return {
    ...row,
    label: nameOf(row.label),
    label_index: row.label,
    labels: row.labels.map((said) => ({ ...said, label: nameOf(said.label) })),
    objects: { ...row.objects, category: row.objects.category.map(nameOf) },
  };
}

function tableRow(
  { entry, annotations, metadata }: ImageRecord,
  header: SnapshotHeader,
  options: RenderingOptions,
  places: ReadonlyMap<string, number>,
): TableRow {
  const classOf = (label: string | null | undefined) => places.get(label ?? '') ?? null;
  const typed = (value: string | undefined, numeric: boolean) =>
    numeric ? numberOf(value) : (value ?? null);
  const factors = new Map(metadata.factors.map(({ name, value }) => [name, value]));
  const truth = imageTruth(annotations, options);
  const said = statementsInForce(annotations, options);
  const shapes = imageShapes(annotations, options);
  return {
    image_id: entry.id,
    sha256: entry.sha256,
    name: metadata.name ?? null,
    address: metadata.address ?? null,
    media_type: entry.media,
    width: metadata.width ?? null,
    height: metadata.height ?? null,
    orientation: metadata.orientation ?? null,
    bit_depth: metadata.bitDepth ?? null,
    channels: metadata.channels ?? null,
    pages: metadata.pages ?? null,
    label: classOf(truth.label),
    label_source: truth.source,
    soft: truth.source === null ? null : softLabels(truth.soft, header),
    labels: said
      .filter(({ kind }) => kind === 'CLASS')
      .map(({ annotator, label, pass = 1, votes = 1, confidence, seconds }) => ({
        annotator: annotator.name,
        annotator_kind: annotator.kind,
        label: classOf(label),
        pass,
        votes,
        confidence: numberOf(confidence),
        seconds: numberOf(seconds),
      })),
    values: said
      .filter(({ kind }) => kind === 'ATTRIBUTE' || kind === 'VALUE')
      .map(({ annotator, attribute, value }) => ({
        annotator: annotator.name,
        attribute: attribute ?? null,
        value: value ?? null,
      })),
    objects: {
      bbox: shapes.map(({ geometry }) => boxOf(geometry)),
      category: shapes.map(({ label }) => classOf(label)),
      annotator: shapes.map(({ annotator }) => annotator.name),
      kind: shapes.map(({ kind }) => kind),
      shape: shapes.map(({ geometry }) => (geometry.kind === 'BOX' ? null : JSON.stringify(geometry))),
      confidence: shapes.map(({ confidence }) => numberOf(confidence)),
    },
    acquisition: Object.fromEntries(
      COLUMN_NAMES.map((column) => [column, typed(metadata.acquisition[column]?.value, isNumeric(column))]),
    ),
    factors: Object.fromEntries(
      header.factors.map((factor) => [factor.name, typed(factors.get(factor.name), isNumeric(factor))]),
    ),
  };
}

function softLabels(
  soft: readonly { readonly label: string; readonly share: number }[],
  { classes }: SnapshotHeader,
): number[] {
  const shares = new Map(soft.map(({ label, share }) => [label, share]));
  return classes.map(({ name }) => shares.get(name) ?? 0);
}

function boxOf(geometry: Geometry): number[] {
  if (geometry.kind === 'BOX') return [geometry.x, geometry.y, geometry.width, geometry.height].map(Number);
  const { left, top, right, bottom } = shapeBounds(geometry);
  return [left, top, right - left, bottom - top].map(millionths);
}

/** Trigonometry differs in its last digits between machines; a millionth of a pixel does not. */
function millionths(number: number): number {
  return Number(number.toFixed(6));
}

function numberOf(decimal: string | undefined): number | null {
  return decimal === undefined ? null : Number(decimal);
}
