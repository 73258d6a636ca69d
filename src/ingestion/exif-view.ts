import type { ExifTags } from '../kernel/image-facts.ts';

/** EXIF as a list of tags, directory by directory. */
export function exifTags(exif: ExifTags | null): { directory: string; name: string; value: string }[] {
  if (exif === null) return [];
  return (['image', 'photo', 'gps'] as const).flatMap((directory) =>
    Object.entries(exif[directory]).map(([name, value]) => ({ directory, name, value: String(value) })),
  );
}
