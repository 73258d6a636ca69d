import type { ErrorCode, Reason } from '../kernel/errors.ts';
import { mediaTypeOfName } from '../kernel/media-type.ts';

export interface ImageRegistration {
  readonly name: string;
  /** SHA-256 of the bytes, 64 hexadecimal digits; may be missing for an image by reference only. */
  readonly digest: string | null;
  /** Where the image stays, for one registered by reference; null for one whose bytes were uploaded. */
  readonly address: string | null;
  readonly mediaType: string | null;
  readonly size: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

const DIGEST = /^[0-9a-f]{64}$/;
const MAX_NAME = 1024;

/** Every fault of one row that can be seen without the bytes. */
export function registrationFaults(image: ImageRegistration): Reason[] {
  const faults: Reason[] = [];
  const fault = (field: string, code: ErrorCode, message: string) =>
    faults.push({ path: [field], code, message: `${field}: ${message}` });
  if (image.name.trim() === '' || image.name.length > MAX_NAME)
    fault('name', 'BAD_INPUT', `must have 1–${MAX_NAME} characters.`);
  else if (/[\ud800-\udfff]|\0/u.test(image.name))
    fault('name', 'BAD_INPUT', 'is not well-formed Unicode text.');
  if (image.digest !== null && !DIGEST.test(image.digest))
    fault('digest', 'BAD_INPUT', `"${image.digest}" is not 64 hexadecimal digits.`);
  if (image.digest === null && image.address === null)
    fault(
      'digest',
      'BAD_INPUT',
      'is missing; give the bytes’ SHA-256, or an address for an image by reference.',
    );
  if (image.address !== null && !isAddress(image.address))
    fault(
      'address',
      'BAD_INPUT',
      `"${image.address}" is not an absolute address such as https://… or s3://….`,
    );
  for (const field of ['size', 'width', 'height'] as const) {
    const value = image[field];
    if (value !== null && (!Number.isSafeInteger(value) || value < (field === 'size' ? 0 : 1)))
      fault(field, 'BAD_INPUT', `${value} is not a whole number of the right range.`);
  }
  return faults;
}

/** A file that says by its name that it is one raster format and is another (a lying file). */
export function nameFault(name: string, mediaType: string): Reason | null {
  const claimed = mediaTypeOfName(name);
  if (claimed === null || claimed === mediaType) return null;
  return {
    path: ['name'],
    code: 'MEDIA_TYPE_MISMATCH',
    message: `"${name}" says ${claimed}, but its bytes are ${mediaType}; rename the file.`,
  };
}

/** What a reference's media type is when none was declared: what its name says, if that. */
export function declaredMediaType(image: ImageRegistration): string | null {
  return image.mediaType ?? mediaTypeOfName(image.name);
}

function isAddress(address: string): boolean {
  return URL.canParse(address) && !/^(javascript|data|file):/i.test(address);
}
