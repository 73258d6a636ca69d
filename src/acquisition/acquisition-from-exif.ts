import { canonicalDecimal } from '../kernel/decimal.ts';
import type { ExifTags, ExifValue } from '../kernel/image-facts.ts';
import type { AcquisitionValues, ColumnName, RestrictedName } from './acquisition-values.ts';

type Directory = Readonly<Record<string, ExifValue>>;

/** CIPA DC-008 §4.6.6.7, LightSource; 0 (unknown) and 255 (other) say nothing. */
const LIGHT_SOURCES: Readonly<Record<number, string>> = {
  1: 'daylight',
  2: 'fluorescent',
  3: 'tungsten',
  4: 'flash',
  9: 'daylight',
  10: 'daylight',
  11: 'shade',
  12: 'fluorescent',
  13: 'fluorescent',
  14: 'fluorescent',
  15: 'fluorescent',
  16: 'fluorescent',
  17: 'standard illuminant A',
  18: 'standard illuminant B',
  19: 'standard illuminant C',
  20: 'D55',
  21: 'D65',
  22: 'D75',
  23: 'D50',
  24: 'tungsten',
};
const WEATHER: Readonly<Record<number, string>> = { 9: 'fine', 10: 'cloudy' };

const textOf = (directory: Directory, tag: string): string | undefined => {
  const value = directory[tag];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const numberOf = (directory: Directory, tag: string): number | undefined => {
  const value = directory[tag];
  return typeof value === 'number' ? value : undefined;
};

const decimal = (value: number, digits: number) => canonicalDecimal(value.toFixed(digits));

/** ISO 8601; with an offset only where the camera recorded one, since local time without it has no zone. */
function capturedAt(photo: Directory): string | undefined {
  const stamp = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(textOf(photo, 'DateTimeOriginal') ?? '');
  if (stamp === null) return undefined;
  const [, year, month, day, hour, minute, second] = stamp;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = new Date(`${local}Z`);
  if (year === '0000' || Number.isNaN(time.getTime()) || time.toISOString().slice(0, 19) !== local)
    return undefined;
  const fraction = textOf(photo, 'SubSecTimeOriginal');
  const offset = textOf(photo, 'OffsetTimeOriginal');
  const zone = offset !== undefined && /^[+-]\d\d:\d\d$/.test(offset) ? offset : '';
  return local + (fraction !== undefined && /^\d+$/.test(fraction) ? `.${fraction}` : '') + zone;
}

/** Make and model; many models repeat the make, in full or by its first word. */
function device(image: Directory): string | undefined {
  const make = textOf(image, 'Make');
  const model = textOf(image, 'Model');
  if (make === undefined || model === undefined) return model ?? make;
  const brand = make.split(/[\s,]/)[0]!.toLowerCase();
  return model.toLowerCase().startsWith(brand) ? model : `${make} ${model}`;
}

/** A flash that fired lights the subject whatever else the camera thought of the light. */
function illumination(photo: Directory): string | undefined {
  const flash = numberOf(photo, 'Flash');
  if (flash !== undefined && flash % 2 === 1) return 'flash';
  return LIGHT_SOURCES[numberOf(photo, 'LightSource') ?? 0];
}

/** Metres. CIPA DC-008: 0 means unknown, numerator 0xFFFFFFFF infinity. */
function distance(photo: Directory): string | undefined {
  const metres = numberOf(photo, 'SubjectDistance');
  return metres !== undefined && metres > 0 && metres < 1e6 ? decimal(metres, 3) : undefined;
}

/** Decimal degrees from degrees, minutes and seconds; south and west are negative. */
function degrees(gps: Directory, tag: string, limit: number): string | undefined {
  const parts = gps[tag];
  const reference = textOf(gps, `${tag}Ref`)?.toUpperCase();
  if (!Array.isArray(parts) || parts.length === 0 || reference === undefined || !/^[NSEW]$/.test(reference)) {
    return undefined;
  }
  const [whole = 0, minutes = 0, seconds = 0] = parts as number[];
  const value = whole + minutes / 60 + seconds / 3600;
  if (value > limit) return undefined;
  return decimal(reference === 'S' || reference === 'W' ? -value : value, 7);
}

/** Metres above sea level; GPSAltitudeRef 1 means below it. */
function altitude(gps: Directory): string | undefined {
  const metres = numberOf(gps, 'GPSAltitude');
  if (metres === undefined) return undefined;
  return decimal(numberOf(gps, 'GPSAltitudeRef') === 1 ? -metres : metres, 3);
}

function owner({ image, photo }: ExifTags): string | undefined {
  const names = [textOf(photo, 'CameraOwnerName'), textOf(image, 'Artist')].filter(
    (name) => name !== undefined,
  );
  return names.length === 0 ? undefined : [...new Set(names)].join('; ');
}

const present = <Name extends string>(fields: Record<Name, string | undefined>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Record<Name, string>
  >;

/** What EXIF says of how an image was made. Tags that are absent, zeroed or out of range give no value. */
export function acquisitionFromExif(tags: ExifTags): AcquisitionValues {
  const { image, photo, gps } = tags;
  const columns: Partial<Record<ColumnName, string>> = present({
    capturedAt: capturedAt(photo),
    device: device(image),
    distance: distance(photo),
    illumination: illumination(photo),
    weather: WEATHER[numberOf(photo, 'LightSource') ?? 0],
  });
  const restricted: Partial<Record<RestrictedName, string>> = present({
    latitude: degrees(gps, 'GPSLatitude', 90),
    longitude: degrees(gps, 'GPSLongitude', 180),
    altitude: altitude(gps),
    deviceSerial: textOf(photo, 'BodySerialNumber') ?? textOf(image, 'CameraSerialNumber'),
    lensSerial: textOf(photo, 'LensSerialNumber'),
    owner: owner(tags),
    makerNote: tags.makerNoteBytes > 0 ? 'present' : undefined,
  });
  return { columns, restricted };
}
