/**
 * Every refusal the product can utter. The set is closed: `docs/errors.md` is generated from it and checked in CI.
 * `meaning` says which rule was broken, `remedy` the way out; a thrown error's message names the thing at fault.
 */
export const ERROR_CODES = {
  // Asking
  BAD_INPUT: {
    status: 400,
    meaning: 'A value in the request breaks a rule of its field.',
    remedy: 'Correct the fields listed; nothing was written.',
  },
  UNAUTHENTICATED: {
    status: 401,
    meaning: 'No valid token came with the request.',
    remedy: 'Send `Authorization: Bearer TOKEN`, or HTTP Basic with the token as password.',
  },
  FORBIDDEN: {
    status: 403,
    meaning: 'The principal holds no role that allows this action here.',
    remedy: 'Ask an administrator of the dataset for a grant.',
  },
  NOT_FOUND: {
    status: 404,
    meaning: 'Nothing of that name exists, or the principal may not know of it.',
    remedy: 'Check the name or digest, and the token used.',
  },
  WITHDRAWN: {
    status: 410,
    meaning: 'Images were withdrawn since this address was given, or these very images were.',
    remedy: 'Use the address that the message names, and delete what you hold of the withdrawn images.',
  },
  CONFLICT: {
    status: 409,
    meaning: 'The name is taken by something else, or the state has moved on.',
    remedy: 'Read the current state and ask again.',
  },
  LIMIT_EXCEEDED: {
    status: 400,
    meaning: 'The query is deeper, larger or costlier than the server allows.',
    remedy: 'Ask for less at a time, by pages.',
  },
  RATE_LIMITED: {
    status: 429,
    meaning: 'More was asked in a short time than the server takes of one.',
    remedy: 'Wait for what `Retry-After` says, and ask less often.',
  },
  UNAVAILABLE: {
    status: 503,
    meaning: 'The server is starting, stopping or cannot reach its database or object store.',
    remedy: 'Try again in a moment.',
  },
  INTERNAL: {
    status: 500,
    meaning: 'A defect of the server.',
    remedy: 'Report the response’s X-Request-Id; the log holds the cause under it.',
  },
  // Terms
  TERMS_NOT_ACCEPTED: {
    status: 403,
    meaning: 'The terms of the dataset in force are to be accepted before it is fetched.',
    remedy: 'Read them and accept them: `holotype terms accept SLUG --purpose …`.',
  },
  TERMS_FORBID: {
    status: 403,
    meaning: 'A term of the dataset forbids this read or this use.',
    remedy: 'Wait for the end of the embargo, state a use that the terms allow, or ask its custodian.',
  },
  // Bytes
  DIGEST_MISMATCH: {
    status: 422,
    meaning: 'The bytes received do not have the digest they were sent under.',
    remedy: 'Recompute the SHA-256 of the file and send it again; nothing was kept.',
  },
  BLOB_MISSING: {
    status: 422,
    meaning: 'The bytes of this digest were not uploaded.',
    remedy: 'PUT them to /blobs/sha256/{hex} first.',
  },
  BLOB_TOO_LARGE: {
    status: 413,
    meaning: 'The body is larger than the server takes.',
    remedy: 'Raise HOLOTYPE_MAX_BLOB_BYTES, or register the image by reference.',
  },
  // Images
  UNSUPPORTED_MEDIA_TYPE: {
    status: 422,
    meaning: 'The file is of a media type that the server does not decode.',
    remedy: 'Convert it to TIFF, PNG, JPEG or WebP, or register it by reference.',
  },
  EMPTY_FILE: {
    status: 422,
    meaning: 'The file has no bytes.',
    remedy: 'Leave it out, or fetch it again from its source.',
  },
  TRUNCATED_IMAGE: {
    status: 422,
    meaning: 'The file ends before its image does.',
    remedy: 'Fetch the file again from its source.',
  },
  CORRUPT_IMAGE: {
    status: 422,
    meaning: 'The decoder found the file damaged.',
    remedy: 'Fetch the file again from its source, or re-encode it and keep the original.',
  },
  MEDIA_TYPE_MISMATCH: {
    status: 422,
    meaning: 'The file is not what its name or declared media type says.',
    remedy: 'Rename the file after its real media type.',
  },
  DECOMPRESSION_BOMB: {
    status: 422,
    meaning: 'Decoded, the image would exceed the pixel limit.',
    remedy: 'Raise HOLOTYPE_MAX_PIXELS if the image is genuine, or register it by reference.',
  },
  DECODE_TIMEOUT: {
    status: 422,
    meaning: 'Decoding the image took longer than the server allows.',
    remedy: 'Re-encode the image in a simpler form, or register it by reference.',
  },
  // Names and metadata
  DUPLICATE_NAME: {
    status: 409,
    meaning: 'Another image of the dataset has this name and other bytes.',
    remedy: 'Give the new image another name, or exclude the old one.',
  },
  UNKNOWN_IMAGE: {
    status: 422,
    meaning: 'No image of this name is in the dataset.',
    remedy: 'Import the image first, or correct the name.',
  },
  UNKNOWN_COLUMN: { status: 400, meaning: 'The table has no such column.', remedy: 'Correct the mapping.' },
  INVALID_VALUE: {
    status: 422,
    meaning: 'A value is not of the type its column has.',
    remedy: 'Correct the value, or declare the factor with another kind.',
  },
  MALFORMED_FILE: {
    status: 422,
    meaning: 'The file does not follow its format.',
    remedy: 'See the position named, and export the file again.',
  },
  // Annotations
  UNKNOWN_CLASS: {
    status: 422,
    meaning: 'The label schema has no such class.',
    remedy: 'Add the class to the label schema, or correct the label.',
  },
  DEGENERATE_GEOMETRY: {
    status: 422,
    meaning: 'The shape has no area, or too few points.',
    remedy: 'Correct or leave out the shape.',
  },
  OUTSIDE_IMAGE: {
    status: 422,
    meaning: 'The shape lies outside the image.',
    remedy: 'Check the pixel frame and origin of the source.',
  },
  SIZE_MISMATCH: {
    status: 422,
    meaning: 'The source states another image size than the image has.',
    remedy: 'Check that the labels belong to these images; nothing is stretched.',
  },
  DUPLICATE_ROW: {
    status: 409,
    meaning: 'The same statement occurs twice in one source.',
    remedy: 'Remove one of the two.',
  },
  ROUND_CLOSED: {
    status: 409,
    meaning: 'The round takes no more annotations.',
    remedy: 'Open another round.',
  },
  NOT_ASSIGNED: {
    status: 409,
    meaning: 'The round assigns this image to others.',
    remedy: 'Label what the round’s queue gives you, or have the image assigned.',
  },
  // Splits and snapshots
  LEAKAGE: {
    status: 409,
    meaning: 'The split puts the same or nearly the same thing in two parts.',
    remedy: 'Group by what is shared, exclude the duplicates, or give a written waiver.',
  },
  FROZEN: {
    status: 409,
    meaning: 'What is frozen cannot be changed.',
    remedy: 'Make a new one under another name.',
  },
  NOT_FROZEN: {
    status: 409,
    meaning: 'Only a frozen split can be published or certified.',
    remedy: 'Freeze the split first.',
  },
  MISSING_GROUP_KEY: {
    status: 422,
    meaning: 'Images lack the value the split is made by.',
    remedy: 'Import the missing metadata, exclude these images, or split by something else.',
  },
  EMPTY_SPLIT: {
    status: 422,
    meaning: 'The split would leave a part without images.',
    remedy: 'Change the shares, or use fewer parts.',
  },
  // Publication
  RULES_NOT_MET: {
    status: 409,
    meaning: 'A rule of publication of the dataset is not met.',
    remedy:
      'Mend what each reason names, propose the snapshot for review, or have the rule waived in writing.',
  },
  OWN_PROPOSAL: {
    status: 409,
    meaning: 'Whoever proposed a snapshot may neither review it nor waive a rule for it.',
    remedy: 'Ask another person who may.',
  },
  // Pins
  PIN_MISMATCH: {
    status: 409,
    meaning: 'What was received does not have the pinned digest.',
    remedy: 'Do not use it; fetch from another server and report this one.',
  },
  PIN_UNREACHABLE: {
    status: 404,
    meaning: 'The pinned snapshot cannot be fetched.',
    remedy: 'Check the digest, the server and the token; a name is never taken in its place.',
  },
  // Starting
  DATA_FOLDER_IN_USE: {
    status: 503,
    meaning: 'Another server runs on this data folder.',
    remedy: 'Stop it, or give this one another --data-dir.',
  },
  BAD_CONFIGURATION: {
    status: 500,
    meaning: 'An environment variable or option has a bad value.',
    remedy: 'Correct the variable named.',
  },
} as const satisfies Record<string, { status: number; meaning: string; remedy: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One reason among several: `path` names the row and field at fault, from the outside in. */
export interface Reason {
  readonly path: readonly string[];
  readonly code: ErrorCode;
  readonly message: string;
}

/** The only error the product throws on purpose. `reasons` holds every fault found, not the first alone. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly reasons: readonly Reason[] = [],
  ) {
    super(message);
  }
}

export function isDomainError(error: unknown): error is DomainError {
  return error instanceof DomainError;
}
