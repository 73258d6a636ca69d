import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { ormOptions } from '../../ormconfig.ts';
import { type ReportAsked, requestOfDataset } from '../../src/bias/ask-report.usecase.ts';
import type { ReportKind } from '../../src/bias/bias-counts.ts';
import type { BiasReport } from '../../src/bias/make-report.ts';
import { makeReports } from '../../src/bias/make-reports.usecase.ts';
import { visibleDataset } from '../../src/catalogue/dataset.store.ts';
import type { Dataset } from '../../src/catalogue/dataset.ts';
import { computeThread } from '../../src/platform/compute-thread.ts';
import type { Context } from '../../src/platform/context.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { copyTemplate } from '../support/template.ts';

export interface BiasDatabase {
  readonly context: Context;
  readonly db: EntityManager;
  dataset(slug: string): Promise<Dataset>;
  /** The report of a kind on a dataset, as it is kept. */
  report<K extends BiasReport['kind']>(
    kind: K,
    dataset: Dataset | string,
    asked?: ReportAsked,
  ): Promise<Extract<BiasReport, { kind: K }>>;
  close(): Promise<void>;
}

/** A copy of the migrated template with nothing in it, and the context of its administrator. */
export async function openBiasDatabase(): Promise<BiasDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'holotype-bias-'));
  const { databaseUrl, drop } = await copyTemplate(folder);
  const place = databaseUrl === null ? { folder: join(folder, 'database') } : { url: databaseUrl };
  const database = await openDatabase(place, ormOptions);
  const administrator = { scope: 'instance', role: 'ADMINISTRATOR' as const };
  const compute = computeThread();
  const context = {
    db: database.db,
    compute,
    now: () => new Date(),
    actor: {
      principalId: randomUUID(),
      name: 'administrator',
      tokenScopes: ['READ', 'WRITE', 'ADMINISTER'],
      grants: [administrator],
    },
    requestId: 'bias',
    origin: 'http://localhost',
    publicUrl: null,
    decisions: new Set<string>(),
  } as unknown as Context;
  const dataset = (slug: string) => visibleDataset(context, slug);
  return {
    context,
    db: database.db,
    dataset,
    async report<K extends ReportKind>(kind: K, of: Dataset | string, asked: ReportAsked = {}) {
      const subject = typeof of === 'string' ? await dataset(of) : of;
      const request = await requestOfDataset(context, subject, kind, asked);
      const [stored] = await makeReports(context, [request]);
      return JSON.parse(stored!.result);
    },
    async close() {
      await compute.close();
      await database.close();
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A dataset by SQL alone: `images` images of `units` plants at 5 sites by 3 devices, three raters and a model, three
 * classes that follow the plant and one rater who says class 2 too often; every tenth image excluded at revision 3.
 */
export async function growDataset(
  db: EntityManager,
  slug: string,
  { images, units, shapes = false }: { images: number; units: number; shapes?: boolean },
): Promise<string> {
  const id = randomUUID();
  const all = `generate_series(1, ${images}) g`;
  const image = `md5('${slug}' || g)::uuid`;
  const run = (sql: string) => db.query(sql);
  await run(
    `INSERT INTO dataset (id, slug, sensitivity, unit, revision, created_at) VALUES ('${id}', '${slug}', 'NONE', 'subject', 3, now())`,
  );
  await run(
    `INSERT INTO dataset_description (dataset_id, since, title, description, data_use_terms) VALUES ('${id}', 1, 't', '', '{}')`,
  );
  await run(
    `INSERT INTO label_class (dataset_id, since, name, position) SELECT '${id}', 1, 'class' || c, c FROM generate_series(0, 2) c`,
  );
  await run(
    `INSERT INTO declared_factor (dataset_id, since, name, kind) VALUES ('${id}', 1, 'it''s soil', 'NOMINAL'), ('${id}', 1, 'moisture', 'CONTINUOUS'), ('${id}', 1, 'serial', 'NOMINAL')`,
  );
  await run(
    `INSERT INTO image (dataset_id, since, image_id, name, digest, pixels) SELECT '${id}', 1, ${image}, 'i' || g, md5('${slug}' || g) || md5('d' || g), 'BYTES' FROM ${all}`,
  );
  await run(`INSERT INTO acquisition (dataset_id, since, image_id, unit, unit_known, bucket, site, device, operator, subject, declared, restricted, sources)
    SELECT '${id}', 1, ${image}, 'u' || (g % ${units}), true, ('x' || substr(encode(sha256(('u' || (g % ${units}))::bytea), 'hex'), 1, 8))::bit(32)::bigint % 50,
      'site' || (g % ${units} % 5), 'device' || (g % 3), CASE WHEN g % 7 > 0 THEN 'operator' || (g % 2) END, 'u' || (g % ${units}),
      jsonb_build_object('it''s soil', 'soil' || (g % 4), 'moisture', (g % 100 / 4.0)::text, 'serial', 'n' || g), '{}', '{}' FROM ${all}`);
  await run(`INSERT INTO content_facts (digest, media_type, size, width, height, bit_depth, sample_format, channels, pages, colour_space, was_lossy, mean, sharpness, quality_reasons, exif)
    SELECT md5('${slug}' || g) || md5('d' || g), 'image/png', 1, 64, 48, 8, 'uint', 1, 1, 'grey', false, 100 + 20 * (g % 3) + g * 37 % 23, CASE WHEN g % 5 > 0 THEN g * 31 % 97 END, '{}', '{}' FROM ${all}`);
  await run(
    `INSERT INTO annotator (dataset_id, since, pseudonym, kind) SELECT '${id}', 2, 'r' || r, CASE r WHEN 3 THEN 'MODEL' ELSE 'HUMAN' END FROM generate_series(0, 3) r`,
  );
  const label = `'class' || CASE WHEN r = 2 AND g % 5 = 0 THEN 2 ELSE g % ${units} % 3 END`;
  await run(`INSERT INTO annotation (dataset_id, since, annotation_id, image_id, annotator, kind, label, attributes, occurrence)
    SELECT '${id}', 2, md5('${slug}' || g || r)::uuid, ${image}, 'r' || r, '${shapes ? 'BOX' : 'CLASS'}', ${label}, '[]', 0 FROM ${all}, generate_series(0, 3) r WHERE g % 11 > 0 AND (r = 3 OR (g + r) % 4 > 0)`);
  await run(
    `INSERT INTO exclusion (dataset_id, since, image_id, stage, reason) SELECT '${id}', 3, ${image}, 'ELIGIBLE', 'x' FROM ${all} WHERE g % 10 = 0`,
  );
  return id;
}
