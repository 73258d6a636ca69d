import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { newDataset } from '../support/specimens.ts';

/** Law 2: tables with an interval of revisions. */
const GOVERNED = [
  'acquisition',
  'declared_factor',
  'annotator',
  'guideline',
  'annotation_round',
  'annotation',
  'round_assignment',
  'target_share',
  'target_stratum',
  'bias_threshold',
  'refused_image',
  'declared_duplicate',
  'dataset_description',
  'label_class',
  'image',
  'exclusion',
  'document_answer',
  'dataset_terms',
  'subject_consent',
];

/** Tables whose rows are written once, for good. */
const SEALED = [
  'revision',
  'consensus',
  'consensus_item',
  'snapshot_file',
  'snapshot_tag',
  'attestation',
  'audit_event',
  'training_run',
  'training_run_metric',
  'training_run_fact',
  'training_run_outcome',
  'training_run_withdrawal',
  'terms_acceptance',
  'snapshot_deprecation',
  'publication_rules',
  'publication_rule',
  'snapshot_proposal',
  'snapshot_proposal_file',
  'snapshot_proposal_finding',
  'snapshot_proposal_review',
  'snapshot_proposal_waiver',
  'snapshot_proposal_end',
];

describe('the database itself', () => {
  let house: House;
  const sql = (text: string, parameters: unknown[] = []) => house.services.db.query(text, parameters);

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    const dataset = 'plants';
    await succeed(house, 'registerImages', {
      dataset,
      images: ['x.png', 'y.png'].map((name) => ({ name, address: `https://images.example/${name}` })),
    });
    await succeed(house, 'defineLabelSchema', { dataset, classes: [{ name: 'leaf' }] });
    await succeed(house, 'excludeImages', {
      dataset,
      exclusions: [{ image: 'y.png', stage: 'ELIGIBLE', reason: 'r' }],
    });
    await succeed(house, 'declareFactors', { dataset, factors: [{ name: 'dose', kind: 'CONTINUOUS' }] });
    await succeed(house, 'addGuideline', { dataset, version: 'v1', text: 'Look.' });
    await succeed(house, 'openRound', { dataset, name: 'first', guidelineVersion: 'v1' });
    await succeed(house, 'recordAnnotations', {
      dataset,
      source: 's',
      annotations: [{ image: 'x.png', annotator: 'ann', kind: 'CLASS', label: 'leaf' }],
    });
    const { digest } = await succeed(
      house,
      'publishSnapshot',
      { dataset, tag: 'v1' },
      '... on Snapshot { digest }',
    );
    await succeed(house, 'reportTrainingRun', {
      snapshot: digest,
      model: 'm',
      metrics: [{ part: 'test', name: 'accuracy', value: 0.5 }],
    });
    await sql(
      `INSERT INTO training_run_fact (run_id, kind, name, value) SELECT id, 'LIBRARY', 'torch', '2' FROM training_run`,
    );
    await sql(
      `INSERT INTO training_run_outcome (run_id, image_id, part, correct) SELECT id, id, 'test', 1 FROM training_run`,
    );
    await sql(
      `INSERT INTO training_run_withdrawal (run_id, reason, principal_id, withdrawn_at) SELECT id, 'r', principal_id, reported_at FROM training_run`,
    );
    await succeed(house, 'deprecateSnapshot', { snapshot: digest, reason: 'a better one is out' });
    await sql(
      `INSERT INTO target_share (dataset_id, since, target, factor, level, share, source)
       SELECT id, 1, 't', 'site', 'north', '0.5', 'survey' FROM dataset`,
    );
    await sql(
      `INSERT INTO target_stratum (dataset_id, since, target, levels, share, structural_zero, source)
       SELECT id, 1, 't', '{"site":"north"}', '1', false, 'survey' FROM dataset`,
    );
    await sql(
      `INSERT INTO bias_threshold (dataset_id, since, statistic, side, amber, red, source)
       SELECT id, 1, 's', 'BOTH', 0.1, 0.2, 'protocol' FROM dataset`,
    );
    await sql(
      `INSERT INTO round_assignment (dataset_id, since, round, image_id, annotator)
       SELECT dataset_id, 1, 'r', image_id, 'a' FROM image LIMIT 1`,
    );
    await sql(
      `INSERT INTO consensus (id, dataset_id, revision, name, method, request, input_digest, digest, item_count, result, made_at)
       SELECT 'c', id, 1, 'n', 'VOTE_SHARE', '{}', 's', 's', 1, '{}', now() FROM dataset`,
    );
    await sql(
      `INSERT INTO consensus_item (consensus, image_id, document) SELECT 'c', image_id, '{}' FROM image LIMIT 1`,
    );
    const refusals = [{ name: 'z.png', stage: 'COLLECTED', code: 'MALFORMED_FILE', reason: 'gone' }];
    await succeed(house, 'recordRefusedImages', { dataset, refusals });
    await sql(
      `INSERT INTO document_answer (dataset_id, since, question, text) SELECT id, 1, 'purpose', 'to see' FROM dataset`,
    );
    await succeed(house, 'declarePublicationRules', { dataset, rules: [{ kind: 'LICENCE_PRESENT' }] });
    await succeed(house, 'describeDataset', { dataset, title: 'Plants', licence: 'CC0-1.0' });
    await succeed(house, 'publishSnapshot', { dataset });
    await sql(
      `INSERT INTO snapshot_proposal_review (proposal, principal_id, verdict, comment, reviewed_at)
       SELECT id, 'p', 'APPROVE', '', proposed_at FROM snapshot_proposal`,
    );
    await sql(
      `INSERT INTO snapshot_proposal_waiver (proposal, rule, reason, principal_id, waived_at)
       SELECT id, 'LICENCE_PRESENT', 'r', 'p', proposed_at FROM snapshot_proposal`,
    );
    await sql(
      `INSERT INTO dataset_terms (dataset_id, since, version, licence, data_use_terms, visibility, acceptance, consent, text)
       SELECT id, 1, 1, 'CC0-1.0', '{}', 'PRIVATE', 'NONE', 'NONE', 't' FROM dataset`,
    );
    await sql(
      `INSERT INTO terms_acceptance (dataset_id, version, principal_id, purposes, accepted_at) SELECT id, 1, 'p', '{RESEARCH}', created_at FROM dataset`,
    );
    await sql(
      `INSERT INTO subject_consent (dataset_id, since, subject, scopes) SELECT id, 1, 's', '{TRAINING}' FROM dataset`,
    );
    const pairs = [{ first: 'x.png', second: 'y.png', judgement: 'NEAR' }];
    await succeed(house, 'declareDuplicates', { dataset, source: 's', pairs });
  });
  afterAll(() => house?.stop());

  it('knows every governed table: each table with an interval of revisions is in the list', async () => {
    const rows: { table_name: string }[] = await sql(
      `SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'until'`,
    );
    expect(rows.map(({ table_name }) => table_name).sort()).toEqual([...GOVERNED].sort());
  });

  it.each([...GOVERNED, ...SEALED])('refuses DELETE and TRUNCATE of %s', async (table) => {
    const [{ n }] = await sql(`SELECT count(*)::int AS n FROM "${table}"`);
    expect(n).toBeGreaterThan(0);
    await expect(sql(`DELETE FROM "${table}"`)).rejects.toThrow(/holotype: DELETE/);
    await expect(sql(`TRUNCATE "${table}"`)).rejects.toThrow(/holotype: TRUNCATE/);
    await expect(sql(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow(/holotype: TRUNCATE/);
  });

  it.each(SEALED)('refuses any UPDATE of %s', async (table) => {
    const [{ column }] = await sql(
      `SELECT column_name AS "column" FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = $1 AND is_identity = 'NO' ORDER BY ordinal_position LIMIT 1`,
      [table],
    );
    await expect(sql(`UPDATE "${table}" SET "${column}" = "${column}"`)).rejects.toThrow(/holotype: UPDATE/);
  });

  it.each(GOVERNED)('refuses UPDATE of every column of %s but the one that closes a row', async (table) => {
    const columns: { column: string; type: string }[] = await sql(
      `SELECT column_name AS "column", data_type AS type FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = $1 AND is_identity = 'NO' AND column_name <> 'until'`,
      [table],
    );
    expect(columns.length).toBeGreaterThan(2);
    const others: Record<string, string> = {
      uuid: 'gen_random_uuid()',
      integer: '999',
      bigint: '999',
      smallint: '999',
      jsonb: `'{"other":1}'::jsonb`,
      ARRAY: `ARRAY['other']`,
      'double precision': '0.3',
      'timestamp with time zone': 'now()',
    };
    for (const { column, type } of columns) {
      const other = type === 'boolean' ? `NOT "${column}"` : (others[type] ?? `'other'`);
      await expect(sql(`UPDATE "${table}" SET "${column}" = ${other}`), column).rejects.toThrow(
        /may only be closed|ALWAYS/,
      );
      await expect(sql(`UPDATE "${table}" SET "${column}" = ${other}, until = 50`), column).rejects.toThrow(
        /may only be closed/,
      );
    }
  });

  it.each(GOVERNED)(
    'lets a row of %s be closed once, and never opened again or closed anew',
    async (table) => {
      const runner = house.services.db.connection.createQueryRunner();
      await runner.startTransaction();
      try {
        await runner.query(
          `UPDATE "${table}" SET until = 50 WHERE row_id = (SELECT min(row_id) FROM "${table}" WHERE until = 2147483647)`,
        );
        for (const until of [51, 2147483647]) {
          await runner.query('SAVEPOINT before');
          await expect(
            runner.query(`UPDATE "${table}" SET until = ${until} WHERE until = 50`),
          ).rejects.toThrow(/may only be closed/);
          await runner.query('ROLLBACK TO SAVEPOINT before');
        }
      } finally {
        await runner.rollbackTransaction();
        await runner.release();
      }
    },
  );
});
