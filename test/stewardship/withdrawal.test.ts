import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsOf, killLeftovers } from '../app/cli/command.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage, publish } from '../support/specimens.ts';

const SUBJECT = 'patient-teasel';
const VERIFIER = resolve(import.meta.dirname, '../../docs/verify_snapshot.py');
const FORMS = ['csv', 'parquet', 'tar', 'coco', 'croissant', 'facts'];
const ADDRESSES = ['images.csv', 'train.parquet', 'images.tar', 'coco/train.json', 'croissant.json'];

describe.each(['NONE', 'PERSONAL'] as const)(
  'a subject withdrawn from a dataset of sensitivity %s',
  (sensitivity) => {
    let house: House;
    let digest: string;
    let folder: string;
    let bytes: Record<string, Buffer>;
    let gone: { name: string; id: string }[];
    let withdrawal: Answer;
    let run: string;
    const slug = 'clinic';
    const idOf = (global: string) => /[0-9a-f]{32}/.exec(Buffer.from(global, 'base64url').toString())![0];
    const holotype = (...words: string[]) => commandsOf(house)(...words);
    const done = async (id: string) => {
      for (;;) {
        const { withdrawal: found } = await house.ask(
          'query ($id: ID!) { withdrawal(id: $id) { completedAt } }',
          { id },
        );
        if (found.completedAt) return;
      }
    };

    beforeAll(async () => {
      house = await openHouse();
      folder = await mkdtemp(join(tmpdir(), 'holotype-withdrawn-'));
      await newDataset(house, slug, { sensitivity });
      bytes = Object.fromEntries(
        await Promise.all(
          Array.from(
            { length: 12 },
            async (_, index) =>
              [`${index < 3 ? 'teasel' : 'other'}-${index}.png`, await noiseImage(index)] as const,
          ),
        ),
      );
      await addImages(house, slug, bytes);
      const names = Object.keys(bytes);
      await succeed(house, 'recordAcquisition', {
        dataset: slug,
        source: 'csv',
        rows: names.map((image, index) => ({
          image,
          values: [
            { name: 'subject', value: index < 3 ? SUBJECT : `patient-${Math.floor(index / 2)}` },
            { name: 'latitude', value: index < 3 ? '51.12345' : '48.5' },
          ],
        })),
      });
      await succeed(house, 'defineLabelSchema', {
        dataset: slug,
        classes: [{ name: 'well' }, { name: 'ill' }],
      });
      await succeed(house, 'recordAnnotations', {
        dataset: slug,
        source: 'test',
        annotations: names.flatMap((image, index) =>
          ['ann', 'ben'].map((annotator) => ({
            image,
            annotator,
            kind: 'CLASS',
            label: index % 2 ? 'ill' : 'well',
          })),
        ),
      });
      await succeed(house, 'createSplit', {
        dataset: slug,
        name: 'halves',
        strategy: 'GROUPED',
        seed: '3',
        groupBy: 'subject',
        parts: [
          { name: 'train', share: '0.5' },
          { name: 'test', share: '0.5' },
        ],
      });
      await succeed(house, 'freezeSplit', { dataset: slug, name: 'halves' });
      digest = await publish(house, slug, { splits: ['halves'], tag: 'v1' });
      const { dataset } = await house.ask(
        'query ($slug: String!) { dataset(slug: $slug) { images { nodes { id name } } selectionReport { id } splitReport(split: "halves") { id } } }',
        { slug },
      );
      gone = dataset.images.nodes
        .filter(({ name }: { name: string }) => name.startsWith('teasel'))
        .map(({ id, name }: { id: string; name: string }) => ({ id: idOf(id), name }));
      run = (
        await succeed(
          house,
          'reportTrainingRun',
          { snapshot: digest, model: 'm' },
          '... on TrainingRun { id }',
        )
      ).id;
      await holotype('render', digest, '--format', ...FORMS.join(','));
      for (const address of ADDRESSES) await house.fetch(`/snapshots/${digest}/${address}`);
      expect((await holotype('pull', digest, join(folder, 'before'))).status).toBe(0);
    });
    afterAll(async () => {
      killLeftovers();
      await house?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    it('is told in numbers before it is done, and does nothing then', async () => {
      const { stdout } = await holotype(
        'withdraw',
        slug,
        '--subject',
        SUBJECT,
        '--reason',
        'CONSENT_WITHDRAWN',
      );
      expect(stdout).toContain('3 images and 6 annotations');
      expect(stdout).toContain(digest);
      expect(stdout).toContain('Nothing was done');
      expect((await house.fetch(`/blobs/sha256/${digestOf(bytes['teasel-0.png']!)}`)).status).toBe(200);
    });

    it('is refused to who may not, of a subject that is not there, and of nothing', async () => {
      const input = { dataset: slug, subject: SUBJECT, reason: 'PRIVACY' };
      const { body } = await house.send(
        'mutation ($input: WithdrawImagesInput!) { withdrawImages(input: $input) { __typename } }',
        { input },
        await house.tokenOf('CURATOR', slug),
      );
      expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      expect(await mutate(house, 'withdrawImages', { ...input, subject: 'nobody' })).toMatchObject({
        code: 'NOT_FOUND',
      });
      expect(await mutate(house, 'withdrawImages', { ...input, subject: null })).toMatchObject({
        code: 'BAD_INPUT',
      });
      expect(await mutate(house, 'withdrawImages', { ...input, images: ['x'] })).toMatchObject({
        code: 'BAD_INPUT',
      });
    });

    it('leaves tombstones, the digest, and the exact list of what is missing', async () => {
      withdrawal = await succeed(
        house,
        'withdrawImages',
        { dataset: slug, subject: SUBJECT, reason: 'CONSENT_WITHDRAWN' },
        '... on Withdrawal { id number imageCount revision }',
      );
      expect(withdrawal).toMatchObject({ number: 1, imageCount: 3 });
      await done(withdrawal.id);
      const { snapshot } = await house.ask(
        'query ($digest: String!) { snapshot(digest: $digest) { state view missingImages { nodes { imageId leaf view reason } } } }',
        { digest },
      );
      expect(snapshot).toMatchObject({ state: 'DEGRADED', view: 1 });
      expect(snapshot.missingImages.nodes.map(({ imageId }: Answer) => imageId).sort()).toEqual(
        gone.map(({ id }) => id).sort(),
      );
      const manifest = await (await house.fetch(`/snapshots/${digest}/manifest-00000.jsonl`)).text();
      for (const { leaf } of snapshot.missingImages.nodes)
        expect(manifest).toContain(`{"leaf":"${leaf}","withdrawn":"`);
      expect(manifest.trimEnd().split('\n')).toHaveLength(12);
    });

    it('pulls and verifies by its digest as before, by the command and by a stranger’s script', async () => {
      const target = join(folder, 'after');
      const pulled = await holotype('pull', digest, target);
      expect(pulled.status, pulled.stderr).toBe(0);
      expect((await readdir(join(target, 'images'))).length).toBe(9);
      const verified = await holotype('verify', target, digest);
      expect(verified.status, verified.stderr).toBe(0);
      expect(execFileSync('python3', [VERIFIER, target, digest], { encoding: 'utf8' })).toMatch(
        /VERIFIED|verified|ok/i,
      );
      const kept = manifestIds(await readFile(join(target, 'manifest-00000.jsonl'), 'utf8'));
      const proof = await house.fetch(`/snapshots/${digest}/proofs/${kept[0]}`);
      expect(proof.status, await proof.clone().text()).toBe(200);
      expect((await house.fetch(`/snapshots/${digest}/proofs/${gone[0]!.id}`)).status).toBe(404);
    });

    const manifestIds = (text: string): string[] =>
      [...text.matchAll(/"id":"([0-9a-f]{32})"/g)].map(([, id]) => id!);

    it('is told to who pulled it before: by name, in its notices, and file by file in its folder', async () => {
      const {
        snapshot,
        withdrawal: held,
        viewer,
      } = await house.ask(
        `query ($digest: String!, $id: ID!) { snapshot(digest: $digest) { consumers { nodes { principal fetches } } }
         withdrawal(id: $id) { consumers { nodes { principal snapshot } } affectedRuns { nodes { id } } }
         viewer { notices { nodes { snapshot images reason } } } }`,
        { digest, id: withdrawal.id },
      );
      expect(snapshot.consumers.nodes).toMatchObject([
        { principal: 'administrator', fetches: expect.any(Number) },
      ]);
      expect(held.consumers.nodes).toEqual([{ principal: 'administrator', snapshot: digest }]);
      expect(held.affectedRuns.nodes).toEqual([{ id: run }]);
      expect(viewer.notices.nodes).toEqual([{ snapshot: digest, images: 3, reason: 'CONSENT_WITHDRAWN' }]);
      const before = join(folder, 'before');
      const offline = await holotype('verify', before, digest);
      expect(offline.status, offline.stderr).toBe(0);
      const told = await holotype('verify', before, digest, '--withdrawals', '--json');
      expect(told.status, told.stderr).toBe(1);
      const { problems } = JSON.parse(told.stdout);
      expect(problems.map(({ file }: Answer) => file).sort()).toEqual(
        gone.map(({ id }) => `images/${id}.png`).sort(),
      );
      for (const { kind, message } of problems)
        expect([kind, message]).toEqual(['withdrawn', expect.stringContaining('delete it')]);
      for (const { file } of problems) await rm(join(before, file));
      const again = await holotype('pull', digest, before);
      expect(again.status, again.stderr).toBe(0);
      const left = await holotype('verify', before, digest, '--withdrawals');
      expect(left.status, left.stderr).toBe(0);
    });

    it('is in a feed that the server signs, and that does not verify by another key', async () => {
      const feed = (await (await house.fetch(`/snapshots/${digest}/withdrawals.jsonl`)).text())
        .trimEnd()
        .split('\n');
      expect(feed.map((line) => JSON.parse(line))).toEqual(
        gone
          .map(({ id }) => id)
          .sort()
          .map((id) => ({
            at: expect.any(String),
            id,
            leaf: expect.any(String),
            reason: 'CONSENT_WITHDRAWN',
            scope: 'SUBJECT',
            snapshot: digest,
          })),
      );
      const { publicKey } = generateKeyPairSync('ed25519');
      await writeFile(join(folder, 'other.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
      const doubted = await holotype(
        'verify',
        join(folder, 'before'),
        '--withdrawals',
        '--key',
        join(folder, 'other.pem'),
      );
      expect(doubted.status).toBe(1);
      expect(doubted.stderr).toMatch(/signed by none of the keys/);
    });

    it('answers 410 at the old addresses of its forms, and gives what is left at new ones', async () => {
      for (const address of ADDRESSES) {
        const old = await house.fetch(`/snapshots/${digest}/${address}`);
        const problem = (await old.json()) as { code: string; detail: string };
        expect([address, old.status, problem.code]).toEqual([address, 410, 'WITHDRAWN']);
        expect(old.headers.get('cache-control')).toBe('no-store');
        expect(problem.detail).toContain(`/snapshots/${digest}/w1/${address}`);
        expect((await house.fetch(`/snapshots/${digest}/w1/${address}`)).status).toBe(200);
        expect((await house.fetch(`/snapshots/${digest}/w2/${address}`)).status).toBe(410);
      }
      const croissant = await (await house.fetch(`/snapshots/${digest}/w1/croissant.json`)).text();
      expect(croissant).toContain(`/snapshots/${digest}/w1/train.parquet`);
      expect(croissant).not.toContain(`${digest}/train.parquet`);
    });

    it('leaves no byte of the subject at any address', async () => {
      for (const { name, id } of gone) {
        const pixels = await house.fetch(`/blobs/sha256/${digestOf(bytes[name]!)}`);
        expect([name, pixels.status]).toEqual([name, 404]);
        const { image, dataset } = await house.ask(
          'query ($id: ID!, $slug: String!, $asOf: Int) { image: node(id: $id) { id } dataset(slug: $slug) { images(asOf: $asOf) { nodes { name } } } }',
          { id: Buffer.from(`Image:${id}`).toString('base64url'), slug, asOf: withdrawal.revision - 1 },
        );
        expect(image).toBeNull();
        expect(dataset.images.nodes.map((one: Answer) => one.name)).not.toContain(name);
      }
      for (const address of [
        `/snapshots/${digest}/manifest-00000.jsonl`,
        `/snapshots/${digest}/annotations-00000.jsonl`,
        `/snapshots/${digest}/metadata-00000.jsonl`,
        `/snapshots/${digest}/images/0-11.tar`,
        `/datasets/${slug}/splits/halves`,
        `/datasets/${slug}/splits/halves/certificate.json`,
        ...ADDRESSES.map((path) => `/snapshots/${digest}/w1/${path}`),
      ]) {
        const body = Buffer.from(await (await house.fetch(address)).arrayBuffer());
        expectNothing(body, address);
      }
    });

    it('leaves no byte of the subject in the database or among the blobs', async () => {
      const { db } = house.services;
      const columns: { table: string; column: string }[] = await db.query(
        `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'jsonb', 'bytea', 'ARRAY')`,
      );
      expect(columns.length).toBeGreaterThan(100);
      for (const { table, column } of columns) {
        // The record of uploads names bytes by their hash, before they are of any dataset, and stays (decision 0020).
        if (table === 'audit_event' && column === 'subject') continue;
        const rows: { held: string }[] = await db.query(
          `SELECT "${column}"::text AS held FROM "${table}" WHERE "${column}" IS NOT NULL`,
        );
        for (const { held } of rows) expectNothing(Buffer.from(held), `${table}.${column}`);
      }
      for (const file of await filesIn(join(house.folder, 'blobs')))
        expectNothing(await readFile(file), file);
    });

    /** Neither name, subject, restricted metadata nor pixels; of a personal dataset not even the hash of its bytes. */
    function expectNothing(body: Buffer, place: string): void {
      for (const word of [SUBJECT, 'teasel', '51.12345'])
        expect([place, word, body.includes(word)]).toEqual([place, word, false]);
      for (const { name } of gone) {
        expect([place, name, body.includes(bytes[name]!.subarray(40, 120))]).toEqual([place, name, false]);
        if (sensitivity === 'PERSONAL')
          expect([place, name, body.includes(digestOf(bytes[name]!))]).toEqual([place, name, false]);
      }
    }

    async function filesIn(directory: string): Promise<string[]> {
      const entries = await readdir(directory, { withFileTypes: true, recursive: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }

    it('does not come back by its bytes, where they are known by their hash', async () => {
      const { 'teasel-0.png': taken } = bytes;
      const report = await addImages(house, slug, { 'again.png': taken! });
      if (sensitivity === 'NONE')
        expect(report.refused).toMatchObject([{ name: 'again.png', code: 'WITHDRAWN' }]);
      else expect(report.taken).toBe(1);
    });

    it('names the snapshots that it degraded', async () => {
      const { withdrawal: held } = await house.ask('query ($id: ID!) { withdrawal(id: $id) { snapshots } }', {
        id: withdrawal.id,
      });
      expect(held.snapshots).toEqual([digest]);
    });

    it('has a successor proposed in the name of who withdrew: its parent the degraded one, the parts of the rest as they were', async () => {
      const partsIn = async (manifest: string) =>
        new Map(
          manifest
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as { id?: string; parts: object })
            .filter(({ id }) => id !== undefined)
            .map(({ id, parts }) => [id, parts]),
        );
      const proposed = async () => {
        for (;;) {
          const { withdrawal: held } = await house.ask(
            `query ($id: ID!) { withdrawal(id: $id) { successors { parent state fault proposal {
               id digest header state message proposer imageCount } } } }`,
            { id: withdrawal.id },
          );
          if (!['WAITING', 'RUNNING'].includes(held.successors[0].state)) return held.successors;
        }
      };
      const successors = await proposed();
      expect(successors).toMatchObject([{ parent: digest, state: 'DONE', fault: null }]);
      const [{ proposal }] = successors;
      const header = JSON.parse(proposal.header);
      const before = (await (await house.fetch(`/snapshots/${digest}`)).json()) as Answer;
      expect(header).toMatchObject({ parent: digest, size: 9 });
      expect(header.splits.halves.digest).toBe(before.splits.halves.digest);
      expect(proposal).toMatchObject({ proposer: 'administrator', imageCount: 9 });
      for (const word of [digest, withdrawal.id, 'CONSENT_WITHDRAWN', 'halves'])
        expect(proposal.message).toContain(word);
      const input = { proposal: proposal.id, verdict: 'APPROVE', comment: '' };
      expect(await mutate(house, 'reviewProposal', input)).toMatchObject({ code: 'OWN_PROPOSAL' });
      const reviewer = await house.tokenOf('REVIEWER', slug);
      const reviewed = await mutate(
        house,
        'reviewProposal',
        input,
        '... on SnapshotProposal { state }',
        reviewer,
      );
      expect(reviewed).toMatchObject({ state: 'APPROVED' });
      await succeed(house, 'publishProposal', { proposal: proposal.id }, '... on Snapshot { digest }');
      const old = await partsIn(
        await (await house.fetch(`/snapshots/${digest}/manifest-00000.jsonl`)).text(),
      );
      const manifest = `/snapshots/${proposal.digest}/manifest-00000.jsonl`;
      const now = await partsIn(await (await house.fetch(manifest)).text());
      expect(now.size).toBe(9);
      for (const parts of now.values())
        expect(parts).toEqual({ halves: expect.stringMatching(/^(train|test)$/) });
      expect(now).toEqual(old);
    });

    it('is left out of what is published next, with the same split for the rest', async () => {
      const successor = await publish(house, slug, { splits: ['halves'], parent: digest });
      const header = (await (await house.fetch(`/snapshots/${successor}`)).json()) as Answer;
      const before = (await (await house.fetch(`/snapshots/${digest}`)).json()) as Answer;
      expect(header.size).toBe(sensitivity === 'NONE' ? 9 : 10);
      expect(header.splits.halves.digest).toBe(before.splits.halves.digest);
    });

    it('takes another image after it, as the next view', async () => {
      const next = await succeed(
        house,
        'withdrawImages',
        { dataset: slug, images: ['other-3.png'], reason: 'LICENCE' },
        '... on Withdrawal { id number imageCount }',
      );
      expect(next).toMatchObject({ number: 2, imageCount: 1 });
      await done(next.id);
      expect((await house.fetch(`/snapshots/${digest}/w1/images.csv`)).status).toBe(410);
      const csv = await (await house.fetch(`/snapshots/${digest}/w2/images.csv`)).text();
      expect(csv.trimEnd().split('\n')).toHaveLength(9);
      const target = join(folder, 'second');
      expect((await holotype('pull', digest, target)).status).toBe(0);
      expect((await holotype('verify', target, digest)).status).toBe(0);
    });

    it('is done by the command, which says what is proposed in the place of what was degraded', async () => {
      const done = await holotype('withdraw', slug, '--image', 'other-4.png', '--reason', 'LICENCE', '--yes');
      expect(done.stderr).toBe('');
      expect(done.stdout).toContain('Nothing of them is left.');
      expect(done.stdout).toMatch(/Proposed in the place of sha256:\w{64}: sha256:\w{64}, \d+ images/);
      expect(done.stdout).toMatch(/holotype review [0-9a-f-]{36} --approve/);
    });

    it.each([
      `UPDATE image SET name = 'x'`,
      `DELETE FROM image`,
      `DELETE FROM annotation`,
      `DELETE FROM acquisition`,
      `UPDATE annotation SET label = 'x'`,
      `UPDATE consensus_item SET document = document`,
      `UPDATE bias_report SET result = result`,
      `DELETE FROM withdrawn_image`,
      `UPDATE snapshot_view_file SET digest = digest`,
      `DELETE FROM withdrawal`,
    ])('opens no door to anything else in the database: %s', async (statement) => {
      const { db } = house.services;
      const [{ n }] = await db.query(
        `SELECT count(*)::int AS n FROM ${statement.split(' ')[statement.startsWith('UPDATE') ? 1 : 2]}`,
      );
      if (n === 0) return;
      await expect(db.query(statement)).rejects.toThrow(/holotype: /);
    });
  },
);
