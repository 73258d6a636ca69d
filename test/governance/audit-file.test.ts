import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditEvent, auditHash } from '../../src/governance/audit-chain.ts';
import { commandsOf, killLeftovers } from '../app/cli/command.ts';
import { type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { newDataset } from '../support/specimens.ts';

const SCRIPT = resolve(import.meta.dirname, '../../docs/verify_audit.py');

describe('the audit log, signed and taken elsewhere', () => {
  let house: House;
  let folder: string;
  let lines: string[];
  const sql = (text: string, parameters: unknown[] = []) => house.services.db.query(text, parameters);
  const sign = async () =>
    (await house.ask('mutation { checkpointAudit { sequence } }')).checkpointAudit.sequence as number | null;
  const verify = async () =>
    (await house.ask('{ verifyAuditChain { intact problem { sequence message } } }')).verifyAuditChain;
  const holotype = (...words: string[]) => commandsOf(house)(...words);

  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'holotype-audit-'));
    await newDataset(house, 'plants');
    await sign();
    for (const title of ['one', 'two', 'three'])
      await succeed(house, 'describeDataset', { dataset: 'plants', title });
    await sign();
    await mutate(house, 'describeDataset', { dataset: 'no-such', title: 'x' });
    await sign();
    const { status } = await holotype('audit', 'export', join(folder, 'audit.jsonl'));
    expect(status).toBe(0);
    lines = (await readFile(join(folder, 'audit.jsonl'), 'utf8')).trimEnd().split('\n');
    await writeFile(join(folder, 'server.pem'), house.services.signer.publicKey);
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const isEvent = (line: string) => line.includes('"requestId"');
  const isCheckpoint = (line: string) => line.startsWith('{"checkpoint"');
  const eventAt = (sequence: number) =>
    lines.findIndex((line) => isEvent(line) && JSON.parse(line).sequence === sequence);

  /** What the command and the stranger's script say of these lines. */
  async function checked(
    tampered: readonly string[],
  ): Promise<{ sequence: number | null; message: string; script: string }> {
    const file = join(folder, 'tampered.jsonl');
    await writeFile(file, `${tampered.join('\n')}\n`);
    const { stdout, status } = await holotype(
      'audit',
      'verify',
      file,
      '--key',
      join(folder, 'server.pem'),
      '--json',
    );
    const { problem } = JSON.parse(stdout);
    expect(status).toBe(problem === null ? 0 : 1);
    const script = spawnSync('python3', [SCRIPT, file], { encoding: 'utf8' });
    expect(script.status).toBe(problem === null ? 0 : 1);
    return {
      sequence: problem?.sequence ?? null,
      message: problem?.message ?? '',
      script: script.stdout + script.stderr,
    };
  }

  it('is proved without the server, every hash, checkpoint and signature', async () => {
    const { sequence, script } = await checked(lines);
    expect(sequence).toBeNull();
    expect(script).toMatch(/^VERIFIED events 1 to \d+, 3 checkpoints/);
  });

  it('is proved of a stretch of it too', async () => {
    const part = join(folder, 'part.jsonl');
    await holotype('audit', 'export', part, '--from', '5', '--to', '9');
    const { stdout, status } = await holotype('audit', 'verify', part);
    expect([status, stdout]).toEqual([0, expect.stringContaining('events 5 to 9')]);
    const out = await holotype('audit', 'export', part, '--from', '9', '--to', '5');
    expect(out.status).toBe(1);
  });

  it('is signed by the key that is published, which openssl proves of a checkpoint', async () => {
    const { sequence } = JSON.parse(
      Buffer.from(JSON.parse(lines.find(isCheckpoint)!).checkpoint.payload, 'base64').toString(),
    );
    const [signed, signature] = ['signed.bin', 'signature.bin'].map((name) => join(folder, name));
    spawnSync('python3', [SCRIPT, join(folder, 'audit.jsonl'), String(sequence), signed!, signature!]);
    const { stdout } = spawnSync(
      'openssl',
      [
        'pkeyutl',
        '-verify',
        '-pubin',
        '-inkey',
        join(folder, 'server.pem'),
        '-rawin',
        '-in',
        signed!,
        '-sigfile',
        signature!,
      ],
      { encoding: 'utf8' },
    );
    expect(stdout).toContain('Signature Verified Successfully');
  });

  it('shows in the file an event altered, removed, inserted, moved or cut off, and which', async () => {
    const at = eventAt(4);
    const swapped = [...lines];
    [swapped[at], swapped[at + 1]] = [swapped[at + 1]!, swapped[at]!];
    const cases: [string, string[], number, RegExp][] = [
      ['altered', lines.with(at, lines[at]!.replace('"phase":"', '"phase":"X')), 4, /event 4 was altered/],
      ['removed', lines.toSpliced(at, 1), 4, /event 4 is missing/],
      ['inserted', lines.toSpliced(at + 1, 0, lines[at]!), 4, /event 4 .*inserted/],
      ['moved', swapped, 4, /event 4 is missing/],
      ['cut off', lines.filter((line) => !isEvent(line) || JSON.parse(line).sequence < 8), 8, /event 8/],
    ];
    for (const [name, tampered, sequence, message] of cases) {
      const found = await checked(tampered);
      expect([name, found.sequence]).toEqual([name, sequence]);
      expect(found.message).toMatch(message);
      expect(found.script).toMatch(/^NOT VERIFIED/);
    }
  });

  /** All events from this one on as if they had always been so, every hash computed anew. */
  function rewritten(from: number): AuditEvent[] {
    const events = lines.filter(isEvent).map((line) => JSON.parse(line) as AuditEvent);
    for (const [index, event] of events.entries()) {
      if (event.sequence < from) continue;
      const { hash: _, ...content } = event;
      const changed = {
        ...content,
        previousHash: index === 0 ? content.previousHash : events[index - 1]!.hash,
        subject: event.sequence === from ? 'elsewhere' : content.subject,
      };
      events[index] = { ...changed, hash: auditHash(changed) };
    }
    return events;
  }

  it('shows a chain that was computed anew from some event on, in the file and in the database', async () => {
    const first = lines.findIndex(isEvent);
    const events = rewritten(3);
    const file = lines.map((line, index) => (isEvent(line) ? JSON.stringify(events[index - first]) : line));
    const found = await checked(file);
    expect(found.message).toMatch(/rewritten somewhere in events 1 to \d+, after the checkpoint/);
    expect(found.script).toMatch(/were rewritten after the checkpoint/);
    const problem = await tampered(['audit_event', 'audit_head'], async () => {
      await sql('DELETE FROM audit_event');
      for (const event of events) await insert(event);
      await sql('UPDATE audit_head SET sequence = $1, hash = $2', [
        events.at(-1)!.sequence,
        events.at(-1)!.hash,
      ]);
    });
    expect(problem.message).toMatch(/rewritten somewhere in events 1 to \d+/);
  });

  const insert = (event: AuditEvent) =>
    sql('INSERT INTO audit_event VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      event.sequence,
      event.at,
      event.principalId,
      event.action,
      event.subject,
      event.phase,
      event.requestId,
      event.detail,
      event.previousHash,
      event.hash,
    ]);

  it('shows that a checkpoint was removed, the last one too, or its signature forged', async () => {
    const checkpoints = await sql('SELECT sequence, envelope FROM audit_checkpoint ORDER BY sequence');
    for (const { sequence } of checkpoints) {
      const { message } = await tampered(['audit_checkpoint'], () =>
        sql('DELETE FROM audit_checkpoint WHERE sequence = $1', [sequence]),
      );
      expect(message).toMatch(/removed/);
      const left = lines.filter(
        (line) => !(isCheckpoint(line) && payload(line).sequence === Number(sequence)),
      );
      expect((await checked(left)).message).toMatch(/removed/);
    }
    const envelope = JSON.parse(checkpoints[1].envelope);
    envelope.signatures[0].sig = Buffer.alloc(64).toString('base64');
    const forged = await tampered(['audit_checkpoint'], () =>
      sql('UPDATE audit_checkpoint SET envelope = $1 WHERE sequence = $2', [
        JSON.stringify(envelope),
        checkpoints[1].sequence,
      ]),
    );
    expect(forged.message).toMatch(/signature of the checkpoint .* is false/);
  });

  const payload = (line: string) =>
    JSON.parse(Buffer.from(JSON.parse(line).checkpoint.payload, 'base64').toString());

  /** Tampers as one who may switch the triggers off, looks, and puts everything back as it was. */
  async function tampered(
    tables: string[],
    work: () => Promise<unknown>,
  ): Promise<{ sequence: number; message: string }> {
    const kept = new Map<string, unknown>();
    for (const table of tables) {
      await sql(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      kept.set(table, await sql(`SELECT * FROM ${table}`));
    }
    try {
      await work();
      const { intact, problem } = await verify();
      expect(intact).toBe(false);
      return problem;
    } finally {
      for (const table of tables) {
        await sql(`DELETE FROM ${table}`);
        await sql(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [
          JSON.stringify(kept.get(table)),
        ]);
        await sql(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
      }
      expect((await verify()).intact).toBe(true);
    }
  }

  it('refuses, in the database itself, to change a checkpoint', async () => {
    for (const statement of [
      'UPDATE audit_checkpoint SET key_id = key_id',
      'DELETE FROM audit_checkpoint',
      'TRUNCATE audit_checkpoint',
    ])
      await expect(sql(statement)).rejects.toThrow(/holotype: /);
  });

  it('signs nothing where nothing happened', async () => {
    await sign();
    const [{ n }] = await sql('SELECT count(*)::int AS n FROM audit_event');
    expect(await sign()).toBeNull();
    expect(await sql('SELECT count(*)::int AS n FROM audit_event')).toEqual([{ n }]);
  });

  it('is looked through by action, principal, phase, code, request and time, from either end', async () => {
    const asked = async (filter: object, newestFirst = false) =>
      (
        await house.ask(
          `query ($filter: AuditFilterInput, $newestFirst: Boolean) { auditEvents(first: 500, filter: $filter, newestFirst: $newestFirst) {
             nodes { sequence action phase principal requestId at outcome { phase sequence } } } }`,
          { filter, newestFirst },
        )
      ).auditEvents.nodes;
    const described = await asked({ action: 'dataset.d' });
    expect(new Set(described.map(({ action }: { action: string }) => action))).toEqual(
      new Set(['dataset.describe']),
    );
    expect((await asked({ principal: 'administrator' })).length).toBeGreaterThan(8);
    expect(await asked({ principal: 'nobody' })).toEqual([]);
    const failed = await asked({ code: 'NOT_FOUND' });
    expect(failed).toMatchObject([{ phase: 'FAILED' }]);
    const request = await asked({ requestId: failed[0].requestId });
    expect(request).toMatchObject([
      { phase: 'ATTEMPT', outcome: { phase: 'FAILED', sequence: failed[0].sequence } },
      { phase: 'FAILED', outcome: null },
    ]);
    const all = await asked({});
    expect((await asked({}, true)).map(({ sequence }: AuditEvent) => sequence)).toEqual(
      all.map(({ sequence }: AuditEvent) => sequence).reverse(),
    );
    const middle = all[5].at;
    const sequences = (events: AuditEvent[]) => events.map(({ sequence }) => sequence);
    expect([
      ...sequences(await asked({ until: middle })),
      ...sequences(await asked({ since: middle })),
    ]).toEqual(sequences(all));
  });
});
