/** Raised with every change of how previews are made: their addresses are immutable. */
export const PREVIEW_RECIPE = 1;

/** What every preview is. */
export const PREVIEW_MEDIA_TYPE = 'image/webp';

/** The longest side of each size, in pixels. */
export const PREVIEW_SIDES = { THUMBNAIL: 256, SCREEN: 1600 } as const;
export type PreviewSize = keyof typeof PREVIEW_SIDES;

export const PREVIEW_ABSENCES = ['BY_REFERENCE', 'NOT_ALLOWED', 'WITHDRAWN'] as const;
export type PreviewAbsence = (typeof PREVIEW_ABSENCES)[number];

/** Where a preview of these bytes is, below the server's own address. */
export function previewPath(size: PreviewSize, digest: string): string {
  return `/previews/${PREVIEW_RECIPE}/${size.toLowerCase()}/sha256/${digest}`;
}

/** Width and height of a preview: turned as the EXIF orientation asks, within its side, never enlarged. */
export function previewFrame(
  { width, height, orientation }: { width: number; height: number; orientation: number | null },
  size: PreviewSize,
): { readonly width: number; readonly height: number } {
  const isTurned = (orientation ?? 1) >= 5;
  const seen = isTurned ? { width: height, height: width } : { width, height };
  const scale = Math.min(1, PREVIEW_SIDES[size] / Math.max(width, height));
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(seen.width), height: scaled(seen.height) };
}

/** How the samples of a preview are shown: nothing is stretched in silence. */
export function stretchSentence(bits: number, low: number, high: number): string {
  return `Samples of ${bits} bits: ${low} (the 1st percentile of this picture) is shown black and ${high} (the 99th) white; a measurement must not be read off it.`;
}
