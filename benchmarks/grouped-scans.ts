import { IMAGE_LABELS } from '../src/annotation/image-labels.store.ts';

/** The factors of the synthetic dataset; the number among them in ten bins. */
const FACTORS = [
  'a.site',
  'a.device',
  'a.operator',
  'a.stage',
  'a.view',
  'a.illumination',
  `a.declared->>'treatment'`,
  `width_bucket((a.declared->>'temperature')::double precision, 10, 30, 10)::text`,
];
const MEASURES = [
  'mean',
  'contrast',
  'robust_contrast',
  'sharpness',
  'noise',
  'clipped_high',
  'clipped_low',
  'saturation',
  'red_green_cast',
  'blue_green_cast',
];
const columns = FACTORS.map((_, index) => `f${index}`);
const named = FACTORS.map((sql, index) => `${sql} AS f${index}`);
const sets = (others: string) => columns.map((column) => `(${others}, ${column})`).join(', ');
const pairs = columns.flatMap((one, index) => columns.slice(index + 1).map((other) => `${one}, ${other}`));
const pairSets = (others: string) => pairs.map((pair) => `(${others}, ${pair})`).join(', ');
const kept = (joins: string) => `image i
  JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND a.since <= $2 AND $2 < a.until ${joins}
  WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until
    AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until)`;
const LABELS = `LEFT JOIN (SELECT image_id, min(label) AS label FROM (${IMAGE_LABELS}) l WHERE top GROUP BY image_id) l ON l.image_id = i.image_id`;
const PARTS = `LEFT JOIN split_assignment p ON p.image_id = i.image_id AND p.split_id = (SELECT id FROM split WHERE dataset_id = $1 AND name = 'main')`;
const moments = MEASURES.map((name) => `count(${name}), sum(${name}), sum(${name} * ${name})`);
const measured = kept('LEFT JOIN content_facts c ON c.digest = i.digest');
/** Site, device and operator two by two: what the crossed components are told apart by. */
const CROSSED = ['f0, f1', 'f0, f2', 'f1, f2'];

/**
 * What each report cannot do without, as plain statements over the same rows and columns, run one after another: the
 * grouped counts (or moments) by jackknife bucket that the specification feeds its shown figures from. Ranks, medians,
 * the probe, random divisions and bootstraps come of no grouped table and are in none. Parameters: dataset, revision.
 */
export const GROUPED_SCANS: Readonly<Record<string, readonly string[]>> = {
  // §1: counts by factor and by label.
  SELECTION: [
    `SELECT GROUPING(${columns}), bucket, label, coalesce(${columns}), count(*)
    FROM (SELECT a.bucket, l.label, ${named} FROM ${kept(LABELS)}) s GROUP BY GROUPING SETS ((bucket, label), ${sets('bucket')})`,
  ],
  MEASUREMENT: [
    // §2.2, §2.3: moments of the means of units, one a unit and level, and a unit and pair of levels.
    `SELECT level, bucket, ${columns}, ${moments} FROM (
      SELECT GROUPING(${columns}) AS level, bucket, unit, ${columns}, ${MEASURES.map((name) => `avg(${name}) AS ${name}`)}
      FROM (SELECT a.bucket, a.unit, c.*, ${named} FROM ${measured}) s
      GROUP BY GROUPING SETS (${sets('bucket, unit')}, ${CROSSED.map((pair) => `(bucket, unit, ${pair})`)})) u
    GROUP BY level, bucket, ${columns}`,
    // §2.5: moments by day at each site with each device.
    `SELECT f0, f1, day, ${moments} FROM (SELECT left(a.captured_at, 10) AS day, c.*, ${named} FROM ${measured}) s GROUP BY f0, f1, day`,
    // §8: counts by each pair of factors, for those that are confounded.
    `SELECT GROUPING(${columns}), bucket, ${columns}, count(*) FROM (SELECT a.bucket, ${named} FROM ${kept('')}) s
    GROUP BY GROUPING SETS (${pairSets('bucket')})`,
  ],
  // §0.6, §3: margins, pairs and triples of factors × label: confounding needs each pair of factors by label.
  ASSOCIATION: [
    `SELECT GROUPING(${columns}), bucket, label, coalesce(${columns}), count(*)
    FROM (SELECT a.bucket, l.label, ${named} FROM ${kept(LABELS)}) s
    GROUP BY GROUPING SETS (${sets('bucket, label')}, ${pairSets('bucket, label')})`,
  ],
  // §4: counts and moments by reason and factor, and by reason and label, for the share excluded of each class.
  ATTRITION: [
    `SELECT GROUPING(${columns}), bucket, excluded, label, coalesce(${columns}), count(*), ${moments}
    FROM (SELECT a.bucket, e.reason AS excluded, l.label, c.*, ${named} FROM image i
      JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND a.since <= $2 AND $2 < a.until
      LEFT JOIN exclusion e ON e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until
      LEFT JOIN content_facts c ON c.digest = i.digest ${LABELS}
      WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until) s GROUP BY GROUPING SETS (${sets('bucket, excluded')}, (bucket, excluded, label))`,
  ],
  // §5.1, §5.2: counts and moments by part and factor, and by part and label; units and contents in several parts.
  SPLIT: [
    `SELECT GROUPING(${columns}), bucket, part, label, coalesce(${columns}), count(*), ${moments}
    FROM (SELECT a.bucket, p.part, l.label, c.*, ${named} FROM ${kept(
      `${LABELS} LEFT JOIN content_facts c ON c.digest = i.digest ${PARTS}`,
    )}) s GROUP BY GROUPING SETS (${sets('bucket, part')}, (bucket, part, label))`,
    `SELECT key, count(*), sum(images) FROM (
      SELECT GROUPING(unit, digest) AS key, count(*) AS images FROM (SELECT a.unit, i.digest, p.part FROM ${kept(PARTS)}) s
      GROUP BY GROUPING SETS ((unit), (digest)) HAVING count(DISTINCT part) > 1) shared GROUP BY key`,
  ],
  AGREEMENT: [
    `SELECT a.bucket, n.label, o.label, count(*)
    FROM image i JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND a.since <= $2 AND $2 < a.until
    JOIN annotation n ON n.dataset_id = i.dataset_id AND n.image_id = i.image_id AND n.since <= $2 AND $2 < n.until AND n.kind = 'CLASS'
    JOIN annotation o ON o.dataset_id = i.dataset_id AND o.image_id = i.image_id AND o.since <= $2 AND $2 < o.until AND o.kind = 'CLASS' AND o.annotator <> n.annotator
    WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until
      AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until)
    GROUP BY GROUPING SETS ((a.bucket, n.label, o.label))`,
  ],
};

/** The rows a snapshot is made of, as the database gives them out. */
export const SNAPSHOT_ROWS = (datasetId: string) =>
  ['image', 'acquisition', 'annotation'].map(
    (name) => `COPY (SELECT * FROM ${name} WHERE dataset_id = '${datasetId}') TO STDOUT`,
  );
