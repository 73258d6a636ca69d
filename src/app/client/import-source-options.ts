import type { AnnotatorKind } from '../../annotation/annotator-kind.ts';
import type { Size } from '../../annotation/geometry.ts';
import type { ImageDraft, ImportPlan } from '../../interchange/import-plan.ts';
import type { MaskReading } from '../../interchange/label-regions.ts';
import type { MaskPatterns } from '../../interchange/mask-files.ts';
import type { RatingsOptions } from '../../interchange/ratings.codec.ts';
import type { TableReading } from '../../interchange/table-reading.ts';
import type { YoloTask } from '../../interchange/yolo-row.ts';
import type { ImportFormat } from './import-formats.ts';
import type { LocalFile } from './walk-folder.ts';

/** How a folder of masks is read. */
export interface MaskWish extends MaskPatterns, MaskReading {
  readonly label: string | null;
  readonly model: string | null;
}

/** How a table of ratings is laid out. */
export type RatingsWish = Pick<
  RatingsOptions,
  'layout' | 'columns' | 'unnamed' | 'quantity' | 'classes' | 'count' | 'outer'
>;

export interface SourceOptions extends TableReading {
  readonly format: ImportFormat;
  readonly path: string;
  /** Where the image files lie, for formats that keep them apart. */
  readonly images: string | null;
  readonly byReference: boolean;
  readonly annotator: string | null;
  /** What `annotator` is; a person unless said. */
  readonly annotatorKind?: AnnotatorKind;
  /** Pascal VOC: where its pixel indices begin. */
  readonly origin: 0 | 1;
  readonly ratings?: RatingsWish;
  readonly masks?: MaskWish;
  /** YOLO: what rows of corners are. */
  readonly task?: YoloTask;
}

/** True sizes by name, and EXIF orientations where `asksOrientation`. */
export type Sizes = ReadonlyMap<string, Size & { readonly orientation?: number }>;

/** A source opened: the files it brings, and what it says, to be read once or again with the images' true sizes. */
export interface ImportSource {
  readonly files: readonly LocalFile[];
  /** Images that stay where they are, beside `files`. */
  readonly references?: readonly ImageDraft[];
  readonly plan: ImportPlan;
  /** Reads again, holding shapes against the sizes that decoding found; null where sizes say nothing. */
  readonly planWith: ((sizes: Sizes) => ImportPlan) | null;
  /** Its coordinates are of images as shown, after their EXIF orientation. */
  readonly asksOrientation?: boolean;
}
