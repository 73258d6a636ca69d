import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { keyIdOf, type Signer } from '../kernel/dsse.ts';
import { DomainError } from '../kernel/errors.ts';

/** The private Ed25519 key of a file. Where `create` says so, one that is not there is made, readable by its owner alone. */
export async function openSigningKey(path: string, { create }: { create: boolean }): Promise<Signer> {
  if (create) await createOnce(path);
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unusable(path, `cannot be read (${error.code})`);
  });
  const key = readPrivateKey(path, pem);
  const publicKey = createPublicKey(key);
  return {
    keyId: keyIdOf(publicKey),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, key),
  };
}

/** Whole or not there: written beside and linked, and whoever comes second takes the first one's. */
async function createOnce(path: string): Promise<void> {
  const there = await readFile(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  if (there) return;
  const { privateKey } = generateKeyPairSync('ed25519');
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await link(part, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(part);
}

function readPrivateKey(path: string, pem: string) {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Refused below, with what the file should be; the parser's words could quote it.
  }
  throw unusable(path, 'holds no private Ed25519 key in PEM');
}

function unusable(path: string, fault: string): DomainError {
  return new DomainError(
    'BAD_CONFIGURATION',
    `HOLOTYPE_SIGNING_KEY: "${path}" ${fault}; make one with \`openssl genpkey -algorithm ed25519\`.`,
  );
}
