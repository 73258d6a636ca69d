/** How one sample is stored. TIFF 6.0 §19 names. */
export type SampleFormat = 'UINT' | 'INT' | 'FLOAT' | 'COMPLEX';

export const QUALITY_MEASURES = [
  'mean',
  'contrast',
  'robustContrast',
  'sharpness',
  'noise',
  'clippedHigh',
  'clippedLow',
  'saturation',
  'redGreenCast',
  'blueGreenCast',
] as const;

export type QualityMeasure = (typeof QUALITY_MEASURES)[number];

/**
 * Why a measure is null. `TOO_SMALL`: fewer than 3 rows or columns. `GREY_IMAGE`: every pixel has R = G = B.
 * `BLACK_IMAGE`: no pixel has a sample above 0. `UNSCALED_SAMPLES`: floating-point, signed or 32-bit samples
 * have no agreed white, so they cannot be put on the scale [0, 255].
 */
export type QualityReason = 'TOO_SMALL' | 'GREY_IMAGE' | 'BLACK_IMAGE' | 'UNSCALED_SAMPLES';

/**
 * Quality measures of one image. Samples are scaled to [0, 255] (16-bit ones divided by 257) and
 * Y = .299 R + .587 G + .114 B; transparency is not applied. A null measure has its reason in `reasons`.
 *
 * - `mean`, `contrast` (population standard deviation), `robustContrast` (p95 − p5) of Y, in [0, 255]
 * - `sharpness`: population variance of the Laplacian of Y, border reflect-101, long side at most 1024
 * - `noise`: standard deviation after Immerkær (1996), long side at most 1024
 * - `clippedHigh`, `clippedLow`: share of pixels with Y ≥ 254 and with Y ≤ 1
 * - `saturation`: mean of (max − min) / max over the pixels with max > 0
 * - `redGreenCast`, `blueGreenCast`: log2 of the ratio of channel means, each mean + 1
 * - `pixelCount`: width × height
 */
export type ImageQuality = Readonly<Record<QualityMeasure, number | null>> & {
  readonly pixelCount: number;
  readonly reasons: Readonly<Partial<Record<QualityMeasure, QualityReason>>>;
};

/** Text without its padding; numbers finite; binary values are left out. */
export type ExifValue = string | number | readonly number[];

/** EXIF by directory, under the names of CIPA DC-008. Dates keep their form `YYYY:MM:DD HH:MM:SS`. */
export interface ExifTags {
  readonly image: Readonly<Record<string, ExifValue>>;
  readonly photo: Readonly<Record<string, ExifValue>>;
  readonly gps: Readonly<Record<string, ExifValue>>;
  /** Length of the maker note in bytes; 0 where there is none. */
  readonly makerNoteBytes: number;
}

/**
 * What is known of an image once its bytes have been decoded. Width and height are in the stored-pixel frame,
 * before EXIF orientation; so is the thumbnail. With several pages the first one is measured.
 */
export interface ImageFacts {
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1 to 8 as stated in the file; null where it states none. */
  readonly orientation: number | null;
  /** Bits per sample as stored; of a palette image, of the palette index. */
  readonly bitDepth: number;
  readonly sampleFormat: SampleFormat;
  /** Samples a pixel as decoded, alpha included; a palette counts as the colours it stands for. */
  readonly channels: number;
  /** Pages, frames or top-level images in the file. */
  readonly pages: number;
  /** As the decoder names it: `srgb`, `b-w`, `rgb16`, `grey16`, `cmyk`, `lab`, … */
  readonly colourSpace: string;
  /** The codec discards information. AVIF counts as lossy: its bytes do not say. */
  readonly wasLossy: boolean;
  readonly hasAlpha: boolean;
  readonly quality: ImageQuality;
  /** 64-bit difference hash, 16 hexadecimal digits. */
  readonly differenceHash: string | null;
  /** 32 × 32 grey cells, row-major, stretched to the full range: normalised cross-correlation ignores gain. */
  readonly thumbnail32: Uint8Array | null;
  /** WebP, long side at most 256, without metadata. Samples above 8 bits are stretched to be seen. */
  readonly thumbnail: Uint8Array;
  readonly exif: ExifTags | null;
  /** Why the EXIF block could not be read in full; null where it could, or where there is none. */
  readonly exifProblem: string | null;
}
