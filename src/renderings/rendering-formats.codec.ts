import { DomainError } from '../kernel/errors.ts';
import { BAGIT } from './bagit.ts';
import { BIOIMAGEIO } from './bioimageio.codec.ts';
import { COCO } from './coco.ts';
import { CROISSANT } from './croissant.ts';
import { CSV } from './csv.ts';
import { FACTS } from './facts.ts';
import { IMAGE_FOLDER } from './image-folder.ts';
import { IMAGE_TAR } from './image-tar.ts';
import { MLFLOW } from './mlflow.ts';
import { PARQUET } from './parquet.codec.ts';
import { PASCAL_VOC } from './pascal-voc.ts';
import type { RenderingFormat, RenderingOptions } from './rendering.ts';
import type { RenderingRequest } from './rendering-request.ts';
import { RO_CRATE } from './ro-crate.ts';
import { WEB_DATASET } from './web-dataset.ts';
import { YOLO } from './yolo.codec.ts';

/** Every form in which a snapshot is handed out, by the name that `holotype render` and `holotype pull --format` know. */
export const RENDERING_FORMATS: Readonly<Record<string, RenderingFormat>> = {
  bagit: BAGIT,
  bioimageio: BIOIMAGEIO,
  coco: COCO,
  croissant: CROISSANT,
  csv: CSV,
  facts: FACTS,
  imagefolder: IMAGE_FOLDER,
  mlflow: MLFLOW,
  parquet: PARQUET,
  'ro-crate': RO_CRATE,
  tar: IMAGE_TAR,
  voc: PASCAL_VOC,
  webdataset: WEB_DATASET,
  yolo: YOLO,
};

export function renderingFormat(name: string): RenderingFormat {
  const format = Object.hasOwn(RENDERING_FORMATS, name) ? RENDERING_FORMATS[name] : undefined;
  if (format === undefined) {
    const known = Object.keys(RENDERING_FORMATS).join(', ');
    throw new DomainError('NOT_FOUND', `format: "${name}" is none; a snapshot is rendered as ${known}.`);
  }
  return format;
}

/** The request for a form of a snapshot, as its format stands now. */
export function renderingRequest(
  of: { readonly snapshot: string; readonly view: number },
  name: string,
  options: RenderingOptions,
  origin: string,
): RenderingRequest {
  const { version, kind } = renderingFormat(name);
  return { ...of, format: name, version, options, origin: kind === 'DOCUMENTS' ? origin : null };
}
