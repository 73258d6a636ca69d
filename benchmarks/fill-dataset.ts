import { type BenchServer, createDataset } from './bench-server.ts';

export interface Filling {
  readonly slug: string;
  readonly images: number;
  readonly units: number;
  /** The images lie elsewhere. */
  readonly byReference?: boolean;
}

/** A whole number in [0, n) from an image's number and a salt. */
const pick = (salt: number, n: number, of = 'g') =>
  `(hashint4(${of} # ${salt * 7919})::bigint & 2147483647) % ${n}`;
const level = (salt: number, n: number, name: string) => `'${name}-' || ${pick(salt, n)}`;

/**
 * A synthetic dataset, written set-wise into the tables at revision 2: images with content facts, in units, six typed
 * and two declared factors (one of numbers), and five annotations an image: three raters' classes and two boxes.
 */
export async function fillDataset(
  server: BenchServer,
  { slug, images, units, byReference = false }: Filling,
): Promise<string> {
  const { db } = server.services;
  const id = await createDataset(server, slug);
  const series = `generate_series(1, ${images}) g`;
  const image = `md5('image ' || g)::uuid`;
  const digest = `encode(sha256(('bytes ' || g)::bytea), 'hex')`;
  const unit = `'plant-' || (g % ${units})`;
  const bucket = `('x' || substr(encode(sha256((${unit})::bytea), 'hex'), 1, 8))::bit(32)::bigint % 50`;
  const noise = (salt: number) => `(${pick(salt, 100_000)}) / 1000.0`;
  const statements = [
    `INSERT INTO label_class (dataset_id, since, name, position) SELECT '${id}', 2, 'class-' || n, n FROM generate_series(0, 9) n`,
    `INSERT INTO declared_factor (dataset_id, since, name, kind) VALUES ('${id}', 2, 'treatment', 'NOMINAL'), ('${id}', 2, 'temperature', 'CONTINUOUS')`,
    `INSERT INTO annotator (dataset_id, since, pseudonym, kind) SELECT '${id}', 2, 'rater-' || n, 'HUMAN' FROM generate_series(0, 19) n`,
    `INSERT INTO image (dataset_id, since, image_id, name, digest, pixels, address, media_type, size, width, height)
     SELECT '${id}', 2, ${image}, 'image-' || g || '.jpg', ${digest}, ${byReference ? `'REFERENCE', 'https://images.example.org/' || g || '.jpg'` : `'BYTES', NULL`}, 'image/jpeg', 250000 + g % 1000, 1024, 768 FROM ${series}`,
    `INSERT INTO content_facts (digest, media_type, size, width, height, bit_depth, sample_format, channels, pages, colour_space, was_lossy,
       mean, contrast, robust_contrast, sharpness, noise, clipped_high, clipped_low, saturation, red_green_cast, blue_green_cast, quality_reasons, exif)
     SELECT ${digest}, 'image/jpeg', 250000 + g % 1000, 1024, 768, 8, 'UINT', 3, 1, 'srgb', true,
       ${Array.from({ length: 10 }, (_, measure) => noise(40 + measure))}, '{}', '{}' FROM ${series}`,
    `INSERT INTO acquisition (dataset_id, since, image_id, unit, unit_known, bucket, captured_at, subject, site, device, operator, stage, view, illumination, declared, restricted, sources)
     SELECT '${id}', 2, ${image}, ${unit}, true, ${bucket}, '2025-06-' || lpad((1 + g % 30)::text, 2, '0') || 'T10:00:00', ${unit},
       ${level(1, 20, 'site')}, ${level(2, 6, 'camera')}, ${level(3, 12, 'operator')}, ${level(4, 5, 'stage')}, ${level(5, 3, 'view')}, ${level(6, 4, 'light')},
       jsonb_build_object('treatment', ${level(7, 4, 'treatment')}, 'temperature', (10 + ${pick(8, 200)} / 10.0)::numeric(5, 1)::text), '{}', '{"site": "table"}' FROM ${series}`,
    `INSERT INTO annotation (dataset_id, since, annotation_id, image_id, annotator, kind, label, attributes, occurrence)
     SELECT '${id}', 2, md5('class ' || g || ' ' || r)::uuid, ${image}, 'rater-' || (g + r * 7) % 20, 'CLASS',
       'class-' || CASE WHEN ${pick(20, 10, '(g * 3 + r)')} = 0 THEN ${pick(21, 10, '(g * 3 + r)')} ELSE ${pick(22, 10)} END, '[]', 0
     FROM ${series}, generate_series(0, 2) r`,
    `INSERT INTO annotation (dataset_id, since, annotation_id, image_id, annotator, kind, label, geometry, attributes, occurrence)
     SELECT '${id}', 2, md5('box ' || g || ' ' || r)::uuid, ${image}, 'rater-' || (g + r * 7) % 20, 'BOX', 'class-' || ${pick(22, 10)},
       jsonb_build_object('kind', 'BOX', 'x', (${pick(30, 500)})::text || '.5', 'y', (${pick(31, 400)})::text, 'width', (20 + ${pick(32, 300)})::text, 'height', (20 + ${pick(33, 300)})::text), '[]', 0
     FROM ${series}, generate_series(0, 1) r`,
    `INSERT INTO revision (dataset_id, number, at, summary) VALUES ('${id}', 2, now(), 'filled')`,
    `UPDATE dataset SET revision = 2 WHERE id = '${id}'`,
    'ANALYZE',
  ];
  for (const statement of statements) await db.query(statement);
  return id;
}
