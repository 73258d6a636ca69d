import type { AgreementInput, RatedImages } from '../../src/bias/ratings/rated-images.ts';
import { RatingColumns } from '../../src/bias/ratings/rating-columns.ts';
import { unitBucket } from '../../src/statistics/unit-bucket.ts';

/** One rating as a test writes it. */
export interface GivenRating {
  readonly image: number;
  readonly rater: string;
  readonly label: string;
  readonly value?: string;
  readonly since?: number;
  readonly at?: string | null;
  readonly votes?: number;
}

export interface GivenStudy {
  readonly images: number;
  readonly unitOf?: (image: number) => string;
  readonly classes?: readonly string[];
  readonly groups?: readonly string[];
  readonly labels?: readonly GivenRating[];
  readonly values?: readonly GivenRating[];
  readonly personal?: boolean;
  /** Whether the images come in the other order. */
  readonly isReversed?: boolean;
}

/** The input that the pages of a scan would give. */
export function agreementInputOf(study: GivenStudy): AgreementInput {
  const unitOf = study.unitOf ?? ((image) => `unit ${image}`);
  const columns = new RatingColumns({ classes: study.classes ?? [], groups: study.groups ?? [] });
  const images = Array.from({ length: study.images }, (_, image) => image);
  if (study.isReversed) images.reverse();
  for (const kind of ['CLASS', 'VALUE'] as const) {
    const given = (kind === 'CLASS' ? study.labels : study.values) ?? [];
    for (const page of [given.filter((_, i) => i % 2 === 1), given.filter((_, i) => i % 2 === 0)]) {
      if (page.length === 0) continue;
      const list = (of: (rating: GivenRating) => unknown) => JSON.stringify(page.map(of));
      columns.addRatings(kind, {
        ids: Buffer.concat(page.map(({ image }) => idOf(image))),
        raters: textsOf(page.map(({ rater }) => rater)),
        labels: textsOf(page.map(({ label }) => label)),
        values: kind === 'VALUE' ? list(({ value }) => value) : null,
        since: list(({ since }) => since ?? 1),
        moments: textsOf(page.map(({ at }) => at ?? null)),
        votes: list(({ votes }) => votes ?? 1),
      });
    }
  }
  columns.addImages({
    ids: Buffer.concat(images.map(idOf)),
    units: textsOf(images.map(unitOf)),
    unitKnown: new Uint8Array(images.length).fill(1),
    buckets: Uint8Array.from(images, (image) => unitBucket(unitOf(image))),
  });
  return { ...columns.finish(), personal: study.personal ?? false };
}

/** Items × raters, a class number or null each, to ratings `class n` by `rater n`. */
export function ratingsOf(items: readonly (readonly (number | null)[])[]): GivenRating[] {
  return items.flatMap((item, image) =>
    item.flatMap((label, rater) =>
      label === null ? [] : [{ image, rater: `rater ${rater}`, label: `class ${label}` }],
    ),
  );
}

/** Of each image who says what, `rater: label ×votes`. */
export function saidOf(labels: RatedImages): string[][] {
  return Array.from({ length: labels.itemCount }, (_, item) =>
    Array.from({ length: labels.offsets[item + 1]! - labels.offsets[item]! }, (_, index) => {
      const place = labels.offsets[item]! + index;
      const rater = labels.raterOf[place]! < 0 ? 'counted' : labels.raters[labels.raterOf[place]!];
      const votes = labels.votes[place] === 1 ? '' : ` ×${labels.votes[place]}`;
      return `${rater}: ${labels.classes[labels.classOf[place]!]}${votes}`;
    }),
  );
}

/** Parted by 0x00, 0xFF where unknown. */
function textsOf(texts: readonly (string | null)[]): Buffer {
  const parts = texts.map((text) => (text === null ? Buffer.from([0xff]) : Buffer.from(text)));
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from([0]), part])));
}

function idOf(image: number): Buffer {
  const id = Buffer.alloc(16);
  id.writeUInt32BE((Math.imul(image + 1, 0x9e3779b1) >>> 0) % 2 ** 32, 0);
  id.writeUInt32BE(image, 12);
  return id;
}
