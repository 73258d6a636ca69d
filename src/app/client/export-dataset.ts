import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AnnotationDraft } from '../../annotation/annotation-draft.ts';
import type { AnnotationKind, Geometry } from '../../annotation/geometry.ts';
import type { ExportSource, Loss } from '../../interchange/export-plan.ts';
import type { AnnotatorDraft } from '../../interchange/import-plan.ts';
import { DomainError } from '../../kernel/errors.ts';
import { EXPORT_FORMATS, type ExportFormat } from './export-formats.ts';
import { ask } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import type { Progress } from './import-report.ts';
import { pagesOf } from './pages-of.ts';

export interface ExportReport {
  readonly dataset: string;
  readonly revision: number;
  readonly images: number;
  readonly annotations: number;
  readonly files: readonly string[];
  /** What the format cannot carry. */
  readonly losses: readonly Loss[];
}

interface HeldImage {
  readonly name: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly annotations: readonly HeldAnnotation[];
}

interface HeldAnnotation
  extends Omit<AnnotationDraft, 'image' | 'geometry' | 'occurrence' | 'key' | 'corrects'> {
  readonly id: string;
  readonly kind: AnnotationKind;
  readonly geometry: (Record<string, unknown> & { readonly __typename: string }) | null;
  readonly corrects: string | null;
}

const GEOMETRY_KINDS: Readonly<Record<string, Geometry['kind']>> = {
  PointGeometry: 'POINT',
  BoxGeometry: 'BOX',
  RotatedBoxGeometry: 'ROTATED_BOX',
  PolygonGeometry: 'POLYGON',
  PolylineGeometry: 'POLYLINE',
  EllipseGeometry: 'ELLIPSE',
  MaskGeometry: 'MASK',
};
const SHAPES = `geometry { __typename ... on PointGeometry { x y } ... on BoxGeometry { x y width height }
  ... on RotatedBoxGeometry { centreX centreY width height degrees } ... on PolygonGeometry { rings } ... on PolylineGeometry { points }
  ... on EllipseGeometry { centreX centreY radiusX radiusY degrees } ... on MaskGeometry { size counts } }`;
const FIELDS = `name width height annotations { id annotator kind label attribute value confidence seconds annotatedAt
  attributes { name value } pass votes corrects ${SHAPES} }`;
/** So many keep a request within the cost that the server allows. */
const IMAGES_A_PAGE = 64;

/** Writes what is said of the kept images of a dataset, as it stands, in another tool's format. */
export async function exportDataset(
  access: ServerAccess,
  format: ExportFormat,
  dataset: string,
  folder: string,
  progress: Progress,
): Promise<ExportReport> {
  const { source, revision, unsized } = await readSource(access, dataset, progress);
  const { files, losses } = await EXPORT_FORMATS[format](source);
  for (const { path, content } of files) {
    const target = join(folder, ...path.split('/'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  const lost =
    unsized === 0
      ? []
      : [
          {
            what: 'images',
            count: unsized,
            message: 'Images by reference whose size nobody declared are left out.',
          },
        ];
  return {
    dataset,
    revision,
    images: source.images.length,
    annotations: source.annotations.length,
    files: files.map(({ path }) => path),
    losses: [...losses, ...lost],
  };
}

async function readSource(access: ServerAccess, slug: string, progress: Progress) {
  const head = await ask<{
    dataset: {
      title: string;
      revision: number;
      imageCounts: { kept: number };
      labelClasses: { name: string }[];
      annotators: { pseudonym: string; kind: AnnotatorDraft['kind']; expertise: string | null }[];
    };
  }>(
    access,
    `query Head($slug: String!) { dataset(slug: $slug) { title revision imageCounts { kept } labelClasses { name }
       annotators { pseudonym kind expertise } } }`,
    { slug },
  );
  const { title, revision, imageCounts, labelClasses, annotators } = head.dataset;
  const images: ExportSource['images'][number][] = [];
  const annotations: AnnotationDraft[] = [];
  let unsized = 0;
  progress.start('reading', imageCounts.kept);
  const pages = pagesOf<HeldImage>(access, slug, {
    connection: 'images',
    filter: 'kept: true',
    fields: FIELDS,
    size: IMAGES_A_PAGE,
  });
  for await (const image of pages) {
    progress.advance(1);
    const { name, width, height } = image;
    if (name === null)
      throw new DomainError(
        'FORBIDDEN',
        'Names of images are restricted here; ask for a role that may read them.',
      );
    if (width === null || height === null) {
      unsized += 1;
      continue;
    }
    images.push({ name, width, height });
    annotations.push(...image.annotations.map((held) => toDraft(name, held)));
  }
  progress.stop();
  return {
    revision,
    unsized,
    source: {
      title,
      classes: labelClasses.map(({ name }) => name),
      annotators: annotators.map(({ pseudonym, kind, expertise }) => ({ name: pseudonym, kind, expertise })),
      images,
      annotations,
    } satisfies ExportSource,
  };
}

function toDraft(image: string, { id, geometry, corrects, ...said }: HeldAnnotation): AnnotationDraft {
  return {
    ...said,
    image,
    geometry: geometry === null ? null : toGeometry(geometry),
    occurrence: 0,
    key: id,
    ...(corrects === null ? {} : { corrects }),
  };
}

function toGeometry({ __typename, ...shape }: NonNullable<HeldAnnotation['geometry']>): Geometry {
  return { kind: GEOMETRY_KINDS[__typename]!, ...shape } as Geometry;
}
