import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage } from '../support/specimens.ts';

interface Event {
  sequence: number;
  action: string;
  phase: string;
  requestId: string;
  detail: string;
}

describe('the audit log', () => {
  let house: House;
  let digest: string;
  const sql = (text: string, parameters: unknown[] = []) => house.services.db.query(text, parameters);
  const verify = async () =>
    (await house.ask('{ verifyAuditChain { intact eventCount headHash problem { sequence message } } }'))
      .verifyAuditChain;
  const events = async (): Promise<Event[]> => {
    const all: Event[] = [];
    let after: string | null = null;
    do {
      const { auditEvents }: Answer = await house.ask(
        'query ($after: String) { auditEvents(first: 500, after: $after) { nodes { sequence action phase requestId detail } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      all.push(...auditEvents.nodes);
      after = auditEvents.pageInfo.hasNextPage ? auditEvents.pageInfo.endCursor : null;
    } while (after !== null);
    return all;
  };
  /** What `work` put on the record. */
  const recordOf = async (work: () => Promise<unknown>) => {
    const before = (await events()).length;
    await work();
    return (await events()).slice(before).map(({ action, phase }) => `${action} ${phase}`);
  };

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    await addImages(house, 'plants', { 'a.png': await noiseImage(1) });
    const snapshot = await succeed(
      house,
      'publishSnapshot',
      { dataset: 'plants' },
      '... on Snapshot { digest }',
    );
    digest = snapshot.digest;
  });
  afterAll(() => house?.stop());

  it('holds of every write the attempt, then the outcome, in a chain without a gap', async () => {
    const all = await events();
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1));
    const open = new Set<string>();
    for (const { action, phase, requestId } of all) {
      const key = `${requestId} ${action}`;
      expect(open.has(key)).toBe(phase !== 'ATTEMPT');
      if (phase === 'ATTEMPT') open.add(key);
      else open.delete(key);
    }
    expect([...open]).toEqual([]);
    expect(await verify()).toMatchObject({ intact: true, eventCount: all.length, problem: null });
  });

  it('holds writes that a rule of the content refuses', async () => {
    const record = await recordOf(() =>
      mutate(house, 'excludeImages', {
        dataset: 'plants',
        exclusions: [{ image: 'none.png', stage: 'ELIGIBLE', reason: 'x' }],
      }),
    );
    expect(record).toEqual(['images.exclude ATTEMPT', 'images.exclude FAILED']);
    expect(JSON.parse((await events()).at(-1)!.detail)).toEqual({ code: 'BAD_INPUT' });
  });

  it('holds writes that are refused before anything is tried: by the policy, and by the form of the request', async () => {
    const reader = await house.tokenOf('READER', 'plants');
    const document = 'mutation { createDataset(input: { slug: "Not A Slug", title: "" }) { __typename } }';
    expect(await recordOf(() => house.send(document, {}, reader))).toEqual([
      'mutation.createDataset ATTEMPT',
      'mutation.createDataset FAILED',
    ]);
    expect(await recordOf(() => house.send(document))).toEqual([
      'mutation.createDataset ATTEMPT',
      'mutation.createDataset FAILED',
    ]);
  });

  it('holds each of two mutations of one request', async () => {
    const record = await recordOf(() =>
      house.send(`mutation {
        one: describeDataset(input: { dataset: "plants", title: "Plants" }) { __typename }
        two: describeDataset(input: { dataset: "plants", title: "" }) { __typename }
      }`),
    );
    expect(record).toEqual([
      'dataset.describe ATTEMPT',
      'dataset.describe SUCCEEDED',
      'mutation.describeDataset ATTEMPT',
      'mutation.describeDataset FAILED',
    ]);
  });

  it('holds bytes taken in and bytes refused', async () => {
    const bytes = Buffer.from('some bytes');
    const put = (name: string, token?: string) =>
      house.fetch(`/blobs/sha256/${name}`, { method: 'PUT', body: new Uint8Array(bytes), token });
    expect(await recordOf(() => put(digestOf(bytes)))).toEqual(['blob.put ATTEMPT', 'blob.put SUCCEEDED']);
    expect(await recordOf(() => put('0'.repeat(64)))).toEqual(['blob.put ATTEMPT', 'blob.put FAILED']);
    const reader = await house.tokenOf('READER', 'plants');
    expect(await recordOf(() => put(digestOf(bytes), reader))).toEqual([
      'blob.write ATTEMPT',
      'blob.write FAILED',
    ]);
  });

  it('holds every fetch of a snapshot, and the fetch that is denied', async () => {
    const reader = await house.tokenOf('READER', 'plants');
    await succeed(house, 'createDataset', { slug: 'other', title: 'other' });
    const outsider = await house.tokenOf('READER', 'other');
    /** The outcome is written when the last byte is handed over: the reader may be a moment ahead of it. */
    const record = async (path: string, token: string) => {
      const before = (await events()).length;
      await (await house.fetch(path, { token })).arrayBuffer();
      const since = async () =>
        (await events()).slice(before).map(({ action, phase }) => `${action} ${phase}`);
      await expect.poll(since).toHaveLength(2);
      return since();
    };
    const fetched = ['snapshot.fetch ATTEMPT', 'snapshot.fetch SUCCEEDED'];
    expect(await record(`/snapshots/${digest}`, reader)).toEqual(fetched);
    expect(await record(`/snapshots/${digest}/manifest-00000.jsonl`, reader)).toEqual(fetched);
    expect(await record(`/snapshots/${digest}`, outsider)).toEqual([
      'snapshot.fetch ATTEMPT',
      'snapshot.fetch FAILED',
    ]);
  });

  it('reads as one dataset’s own to the administrator of that dataset', async () => {
    const [{ id }] = await sql(`SELECT id FROM dataset WHERE slug = 'plants'`);
    const token = await house.tokenOf('ADMINISTRATOR', 'plants');
    const { auditEvents } = await house.ask(
      `{ auditEvents(subject: "dataset:${id}") { nodes { subject } } }`,
      {},
      token,
    );
    expect(auditEvents.nodes.length).toBeGreaterThan(0);
    expect(new Set(auditEvents.nodes.map(({ subject }: { subject: string }) => subject))).toEqual(
      new Set([`dataset:${id}`]),
    );
  });

  it.each([
    'UPDATE audit_event SET action = action',
    'DELETE FROM audit_event',
    'TRUNCATE audit_event',
    'UPDATE audit_head SET sequence = 0',
    'DELETE FROM audit_head',
    'TRUNCATE audit_head',
  ])('refuses, in the database itself: %s', async (statement) => {
    await expect(sql(statement)).rejects.toThrow(/holotype: /);
    expect((await verify()).intact).toBe(true);
  });

  /** Tampers as one who may switch the triggers off, looks, and puts everything back as it was. */
  async function tampered(table: string, statements: string[]): Promise<{ sequence: number }> {
    await sql(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const kept = await sql(`SELECT * FROM ${table}`);
    try {
      for (const statement of statements) await sql(statement);
      const { intact, problem } = await verify();
      expect(intact).toBe(false);
      return problem;
    } finally {
      await sql(`DELETE FROM ${table}`);
      await sql(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [
        JSON.stringify(kept),
      ]);
      await sql(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
      expect((await verify()).intact).toBe(true);
    }
  }

  const changes: Record<string, string> = {
    at: `'2001-01-01T00:00:00.000Z'`,
    principal_id: `'someone'`,
    action: `'nothing.happened'`,
    subject: `'elsewhere'`,
    phase: `CASE phase WHEN 'FAILED' THEN 'SUCCEEDED' ELSE 'FAILED' END`,
    request_id: `'another'`,
    detail: `'{"x":1}'`,
    previous_hash: `repeat('1', 64)`,
    hash: `repeat('2', 64)`,
  };
  it.each(Object.entries(changes))(
    'shows that %s of an event was altered, and of which',
    async (column, value) => {
      for (const sequence of [1, 5]) {
        const problem = await tampered('audit_event', [
          `UPDATE audit_event SET ${column} = ${value} WHERE sequence = ${sequence}`,
        ]);
        expect(problem.sequence).toBe(sequence);
      }
    },
  );

  it('shows that an event was removed: the first, one within, and the last', async () => {
    const { eventCount } = await verify();
    for (const sequence of [1, 4, eventCount]) {
      const problem = await tampered('audit_event', [`DELETE FROM audit_event WHERE sequence = ${sequence}`]);
      expect(problem.sequence).toBe(sequence);
    }
    expect(await tampered('audit_event', ['DELETE FROM audit_event'])).toMatchObject({ sequence: 1 });
  });

  it('shows that two events were swapped', async () => {
    const problem = await tampered('audit_event', [
      'UPDATE audit_event SET sequence = -2 WHERE sequence = 2',
      'UPDATE audit_event SET sequence = 2 WHERE sequence = 3',
      'UPDATE audit_event SET sequence = 3 WHERE sequence = -2',
    ]);
    expect(problem.sequence).toBe(2);
  });

  it('shows events put in beside the chain, before it and behind it', async () => {
    const { eventCount } = await verify();
    for (const sequence of [0, eventCount + 1]) {
      const problem = await tampered('audit_event', [
        `INSERT INTO audit_event SELECT ${sequence}, at, principal_id, action, subject, phase, request_id, detail, previous_hash, hash FROM audit_event WHERE sequence = 2`,
      ]);
      expect(problem.sequence).toBe(eventCount + 1);
    }
  });

  it('shows that the head was moved back, rewritten or removed', async () => {
    const { eventCount } = await verify();
    expect(await tampered('audit_head', ['UPDATE audit_head SET sequence = sequence - 1'])).toMatchObject({
      sequence: eventCount - 1,
    });
    expect(await tampered('audit_head', [`UPDATE audit_head SET hash = repeat('3', 64)`])).toMatchObject({
      sequence: eventCount,
    });
    expect(await tampered('audit_head', ['DELETE FROM audit_head'])).toMatchObject({ sequence: 0 });
  });
});
