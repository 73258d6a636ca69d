import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAttestations } from '../../src/app/client/check-attestations.ts';
import { readConfiguration } from '../../src/app/configuration.ts';
import { startServer } from '../../src/app/server.ts';
import {
  type Envelope,
  keyIdOf,
  openEnvelope,
  parseEnvelope,
  parsePublicKey,
  preAuthenticationEncoding,
  type Signer,
  sealEnvelope,
} from '../../src/kernel/dsse.ts';
import { attestationsOf } from '../../src/snapshots/attest.usecase.ts';
import { PREDICATE_TYPE, STATEMENT_TYPE } from '../../src/snapshots/attestation.ts';
import { insertSigningKey } from '../../src/snapshots/attestations.store.ts';
import { findSnapshot } from '../../src/snapshots/snapshots.store.ts';
import { commandsOf, holotype } from '../app/cli/command.ts';
import { countStatements } from '../support/count-statements.ts';
import { callsTo, type House, openHouse } from '../support/house.ts';
import { isShared, shared } from '../support/shared.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';
import { copyTemplate } from '../support/template.ts';

function newSigner(): Signer & { pem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    keyId: keyIdOf(publicKey),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}

describe('an envelope', () => {
  it('signs what the specification’s example says', () => {
    const signed = preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
    expect(signed.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
    expect(preAuthenticationEncoding('é', Buffer.of(0, 255))).toEqual(
      Buffer.concat([Buffer.from('DSSEv1 2 é 2 '), Buffer.of(0, 255)]),
    );
  });

  it('is opened in both alphabets of base64, and in no other', () => {
    const signer = newSigner();
    const key = createPublicKey(signer.publicKey);
    const envelope = sealEnvelope('text/plain', '???>>>~~~', signer);
    const url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const other: Envelope = {
      ...envelope,
      payload: url(envelope.payload),
      signatures: envelope.signatures.map(({ sig }) => ({ sig: url(sig) })),
    };
    for (const held of [envelope, other])
      expect(openEnvelope(parseEnvelope(JSON.stringify(held)), key)?.toString()).toBe('???>>>~~~');
    expect(() => parseEnvelope(JSON.stringify({ ...envelope, payload: 'a b' }))).toThrow(/base64/);
  });

  it('of another type or body is not opened', () => {
    const signer = newSigner();
    const key = createPublicKey(signer.publicKey);
    const envelope = sealEnvelope('text/plain', 'said', signer);
    expect(openEnvelope({ ...envelope, payloadType: 'text/html' }, key)).toBeUndefined();
    const payload = Buffer.from('sayd').toString('base64');
    expect(openEnvelope({ ...envelope, payload }, key)).toBeUndefined();
    expect(openEnvelope(envelope, createPublicKey(newSigner().publicKey))).toBeUndefined();
  });

  it('needs a public Ed25519 key to be opened', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => parsePublicKey(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toThrow(/ec/);
    expect(() => parsePublicKey(newSigner().pem)).toThrow(/private key/);
    expect(() => parsePublicKey('x')).toThrow(/no public Ed25519/);
  });
});

describe('the worked example of the design', () => {
  const folder = ['examples', 'packaging'];
  it.skipIf(!isShared(...folder))('is opened with its key', async () => {
    const key = parsePublicKey(await readFile(shared(...folder, 'key.pub.pem')));
    const envelope = parseEnvelope(await readFile(shared(...folder, 'attestation.dsse.json'), 'utf8'));
    expect(JSON.parse(openEnvelope(envelope, key)!.toString())._type).toBe(STATEMENT_TYPE);
    expect(envelope.signatures[0]!.keyid).toBe(keyIdOf(key));
  });
});

describe('a snapshot’s statement', () => {
  let house: House;
  let place: string;
  let digest: string;
  let text: string;
  let keyFile: string;
  let pulled: string;
  const nowhere = { environment: { HOLOTYPE_SERVER: 'http://127.0.0.1:1' } };
  const verify = (...args: string[]) => holotype(['verify', pulled, digest, ...args], nowhere);
  const keyOf = async (of: Pick<House, 'fetch'>) =>
    (await (await of.fetch('/keys', { token: null })).json()) as Record<string, string | null>[];

  beforeAll(async () => {
    house = await openHouse();
    place = await mkdtemp(join(tmpdir(), 'holotype-attest-'));
    pulled = join(place, 'pulled');
    await newDataset(house, 'plants');
    await addImages(house, 'plants', { 'a.png': await noiseImage(1), 'b.png': await noiseImage(2) });
    digest = await publish(house, 'plants');
    text = (await commandsOf(house)('attest', digest)).stdout;
    keyFile = join(place, 'key.pem');
    await writeFile(keyFile, (await commandsOf(house)('keys')).stdout);
    await commandsOf(house)('pull', digest, pulled);
    await writeFile(join(pulled, 'attestations.jsonl'), text);
  });
  afterAll(async () => {
    await house?.stop();
    await rm(place, { recursive: true, force: true });
  });

  it('is signed when the snapshot is published, and says what the header cannot', async () => {
    const [{ n }] = await house.services.db.query('SELECT count(*)::int AS n FROM attestation');
    expect(n).toBe(1);
    const { payload } = JSON.parse(text) as Envelope;
    const statement = JSON.parse(Buffer.from(payload, 'base64').toString());
    expect(statement).toMatchObject({
      _type: STATEMENT_TYPE,
      predicateType: PREDICATE_TYPE,
      subject: [{ name: 'snapshot.json', digest: { sha256: digest.slice(7) } }],
      predicate: {
        dataset: 'plants',
        size: 2,
        images: { bytes: 2, reference: 0 },
        software: { node: process.versions.node },
      },
    });
  });

  it('is the same by HTTP, by GraphQL and by the command', async () => {
    const served = (await (await house.fetch(`/snapshots/${digest}/attestations`)).json()) as object[];
    expect(served.map((envelope) => `${JSON.stringify(envelope)}\n`).join('')).toBe(text);
    const { snapshot } = await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { attestations } }',
      { digest },
    );
    expect(snapshot.attestations).toEqual(text.trimEnd().split('\n'));
  });

  it('is signed by a key that everybody may know, and that lies in the data folder for its owner alone', async () => {
    const keys = await keyOf(house);
    expect(keys).toMatchObject([{ keyId: house.services.signer.keyId, until: null }]);
    const { signingKeys } = await house.ask('{ signingKeys { keyId publicKey since until } }');
    expect(signingKeys).toEqual(keys);
    expect((await stat(join(house.folder, 'signing-key.pem'))).mode & 0o777).toBe(0o600);
  });

  it('is verified offline with the public key', async () => {
    const told = await verify('--key', keyFile);
    expect([told.status, told.stderr]).toEqual([0, '']);
    expect(told.stdout).toContain('signed by the key given');
  });

  it('is verified by a stranger with openssl, as the documentation shows', async () => {
    const script = (await readFile('docs/snapshot-format.md', 'utf8')).match(
      /```sh\n(python3 - [\s\S]*?openssl pkeyutl[\s\S]*?)```/,
    )![1]!;
    const run = (cwd: string) =>
      new Promise<[number, string]>((done) => {
        execFile('sh', ['-ec', script], { cwd }, (error, stdout, stderr) =>
          done([error ? 1 : 0, stdout + stderr]),
        );
      });
    await writeFile(join(pulled, 'key.pem'), await readFile(keyFile));
    expect(await run(pulled)).toEqual([0, expect.stringContaining('Signature Verified Successfully')]);
    await writeFile(join(pulled, 'key.pem'), newSigner().publicKey);
    expect((await run(pulled))[0]).toBe(1);
    for (const name of ['key.pem', 'signed', 'sig']) await rm(join(pulled, name));
  });

  it('is refused where it was altered, is another’s or of another snapshot, and each is named', async () => {
    const key = createPublicKey(house.services.signer.publicKey);
    const { root, size } = JSON.parse(await readFile(join(pulled, 'snapshot.json'), 'utf8'));
    const snapshot = { digest, root, size };
    expect(checkAttestations(text, key, snapshot)).toEqual([]);
    const envelope = JSON.parse(text) as Envelope;
    const body = Buffer.from(envelope.payload, 'base64');
    for (let at = 0; at < body.length; at += 7) {
      const altered = Buffer.from(body);
      altered[at]! ^= 1;
      const payload = altered.toString('base64');
      const faults = checkAttestations(JSON.stringify({ ...envelope, payload }), key, snapshot);
      expect(faults).toEqual([expect.stringContaining('was altered')]);
    }
    const other = newSigner();
    const forged = JSON.stringify(sealEnvelope(envelope.payloadType, body.toString(), other));
    expect(checkAttestations(forged, key, snapshot)).toEqual([
      expect.stringContaining(`signed by another key (${other.keyId})`),
    ]);
    expect(checkAttestations(`${forged}\n${text}`, key, snapshot)).toEqual([]);
    expect(checkAttestations(text, key, { ...snapshot, digest: `sha256:${'0'.repeat(64)}` })).toEqual([
      expect.stringContaining('another snapshot'),
    ]);
    expect(checkAttestations(text, key, { ...snapshot, root: '0'.repeat(64), size: 3 })).toHaveLength(2);
    expect(checkAttestations('', key, snapshot)).toEqual(['It holds no envelope.']);
    expect(checkAttestations('{}', key, snapshot)).toEqual([expect.stringContaining('cannot be read')]);
  });

  it('fails `holotype verify` by exit status 1, in words', async () => {
    const strange = join(place, 'strange.pem');
    await writeFile(strange, newSigner().publicKey);
    const refused = await verify('--key', strange);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('signed by another key')]);
    const absent = await verify('--key', keyFile, '--attestation', join(place, 'none.jsonl'));
    expect([absent.status, absent.stderr]).toEqual([1, expect.stringContaining('no statements')]);
    const keyless = await verify('--attestation', join(place, 'none.jsonl'));
    expect([keyless.status, keyless.stderr]).toEqual([1, expect.stringContaining('--key')]);
  });

  it('is signed for many snapshots by a new key with as many SQL statements as for one', async () => {
    const digests = [digest];
    for (const title of ['Leaves', 'Stems', 'Roots']) {
      await house.ask(
        'mutation ($input: DescribeDatasetInput!) { describeDataset(input: $input) { __typename } }',
        {
          input: { dataset: 'plants', title },
        },
      );
      digests.push(await publish(house, 'plants'));
    }
    const { db, now } = house.services;
    const signer = newSigner();
    await insertSigningKey(db, signer, now());
    const context = {
      ...house.services,
      signer,
      actor: null,
      origin: '',
      requestId: '',
      decisions: new Set<string>(),
    };
    const snapshots = await Promise.all(digests.map(async (of) => (await findSnapshot(db, of))!));
    const signed: string[][] = [];
    const sign = (from: number, to: number) =>
      countStatements(
        async () => void signed.push(...(await attestationsOf(context, snapshots.slice(from, to)))),
      );
    expect(await sign(1, 4)).toEqual(await sign(0, 1));
    const key = createPublicKey(signer.publicKey);
    for (const envelopes of signed) {
      expect(envelopes).toHaveLength(2);
      expect(openEnvelope(parseEnvelope(envelopes[1]!), key)).toBeDefined();
    }
  });

  it('is never rewritten in the database, nor is a key', async () => {
    const { db } = house.services;
    await expect(db.query(`UPDATE attestation SET envelope = '{}'`)).rejects.toThrow(/holotype: UPDATE/);
    await expect(db.query(`UPDATE signing_key SET public_key = 'x'`)).rejects.toThrow(/only be closed/);
    await expect(db.query('DELETE FROM signing_key')).rejects.toThrow(/holotype: DELETE/);
  });
});

describe('a rotation', () => {
  it('closes the old key, keeps what it signed, signs beside it, and the old key comes not back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holotype-rotate-'));
    const { databaseUrl, drop } = await copyTemplate(folder);
    const start = (key: object) =>
      startServer(
        readConfiguration(
          { port: '0', dataDir: folder },
          {
            HOLOTYPE_LOG_LEVEL: 'fatal',
            HOLOTYPE_PROBE_THREADS: '1',
            ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
            ...key,
          },
        ),
      );
    let server = await start({});
    try {
      const first = server.services.signer.keyId;
      const token = (await readFile(server.tokenFile, 'utf8')).trim();
      let calls = callsTo(server, token);
      await newDataset(calls, 'plants');
      await addImages(calls, 'plants', { 'a.png': await noiseImage(1) });
      const digest = await publish(calls, 'plants');
      const envelopes = async () =>
        (await (await calls.fetch(`/snapshots/${digest}/attestations`)).json()) as Envelope[];
      const before = await envelopes();
      await server.stop();

      const next = newSigner();
      const file = join(folder, 'next.pem');
      await writeFile(file, next.pem);
      server = await start({ HOLOTYPE_SIGNING_KEY: file });
      calls = callsTo(server, token);
      const keys = (await (await calls.fetch('/keys', { token: null })).json()) as Record<string, string>[];
      expect(keys.map(({ keyId, until }) => [keyId, until === null])).toEqual([
        [first, false],
        [next.keyId, true],
      ]);
      const after = await envelopes();
      expect(after).toEqual([...before, expect.objectContaining({ payload: before[0]!.payload })]);
      expect(openEnvelope(after[0]!, parsePublicKey(keys[0]!.publicKey!))).toBeDefined();
      expect(openEnvelope(after[1]!, parsePublicKey(next.publicKey))).toBeDefined();
      await server.stop();

      await expect(start({})).rejects.toThrow(/was closed on .* by a newer one/);
      const absent = start({ HOLOTYPE_SIGNING_KEY: join(folder, 'none.pem') });
      await expect(absent).rejects.toThrow(/HOLOTYPE_SIGNING_KEY.*ENOENT/);
      const open = join(folder, 'public.pem');
      await writeFile(open, next.publicKey);
      await expect(start({ HOLOTYPE_SIGNING_KEY: open })).rejects.toThrow(/no private Ed25519/);
    } finally {
      await server.stop();
      await drop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
