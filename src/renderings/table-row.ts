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
  readonly acquisition: Readonly<Record<string, string | null>>;
  readonly factors: Readonly<Record<string, string | null>>;
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

export function tableRow(
  { entry, annotations, metadata }: ImageRecord,
  header: SnapshotHeader,
  options: RenderingOptions,
): TableRow {
  const places = new Map(header.classes.map(({ name }, index) => [name, index]));
  const classOf = (label: string | null | undefined) => places.get(label ?? '') ?? null;
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
      COLUMN_NAMES.map((column) => [column, metadata.acquisition[column]?.value ?? null]),
    ),
    factors: Object.fromEntries(
      header.factors.map(({ name }) => [
        name,
        metadata.factors.find((factor) => factor.name === name)?.value ?? null,
      ]),
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
