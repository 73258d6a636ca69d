import { join, resolve } from 'node:path';
import { DomainError } from '../kernel/errors.ts';
import type { IdentityProviderPlace } from '../platform/identity-provider.ts';
import type { ObjectStorePlace } from '../platform/s3-blob-store.ts';

/** Everything the server can be told, frozen. Each variable is documented where it is read. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly blobs: string | ObjectStorePlace;
  readonly publicUrl: string | null;
  readonly signingKey: string | null;
  readonly maxBlobBytes: number;
  readonly maxPixels: number;
  readonly decodeSeconds: number;
  readonly probeThreads: number;
  readonly logLevel: string;
  readonly drainSeconds: number;
  readonly metricsPublic: boolean;
  readonly checkpointMinutes: number;
  readonly webhooksInside: boolean;
  readonly rateLimit: number;
  readonly refusedTokenLimit: number;
  readonly identityProvider: IdentityProviderPlace | null;
}

interface Options {
  readonly host?: string;
  readonly port?: string;
  readonly dataDir?: string;
}

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Reads options, then the environment, then defaults. Throws BAD_CONFIGURATION with a sentence naming the variable. */
export function readConfiguration(options: Options, environment: NodeJS.ProcessEnv): Configuration {
  const given = (name: string, option?: string) => option ?? (environment[name] || undefined);
  const wholeNumber = (name: string, fallback: number, range: [number, number], option?: string) => {
    const text = given(name, option) ?? String(fallback);
    const value = Number(text);
    if (!Number.isInteger(value) || value < range[0] || value > range[1])
      throw bad(name, text, `a whole number from ${range[0]} to ${range[1]}`);
    return value;
  };
  /** HOLOTYPE_DATA_DIR: embedded database, blobs, the first administrator's token. */
  const dataFolder = resolve(given('HOLOTYPE_DATA_DIR', options.dataDir) ?? '.holotype');
  return Object.freeze({
    /** HOST: the address to listen on; 127.0.0.1 unless others are to reach the server. */
    host: given('HOST', options.host) ?? '127.0.0.1',
    /** PORT: 0 takes any free one. */
    port: wholeNumber('PORT', 4000, [0, 65_535], options.port),
    dataFolder,
    /** DATABASE_URL: a PostgreSQL server (15 to 18) in place of the embedded database. */
    databaseUrl: databaseUrl(environment),
    /** HOLOTYPE_BLOBS: where bytes are kept, a folder or s3://bucket/prefix; `blobs` in the data folder. */
    blobs: blobPlace(given('HOLOTYPE_BLOBS') ?? join(dataFolder, 'blobs'), environment),
    /** HOLOTYPE_PUBLIC_URL: where clients reach the server, as Croissant and other documents name it; unset: as their requests say. */
    publicUrl: publicUrl(environment.HOLOTYPE_PUBLIC_URL),
    /** HOLOTYPE_SIGNING_KEY: file of the private Ed25519 key that signs snapshots, PEM; unset: made in the data folder. */
    signingKey: environment.HOLOTYPE_SIGNING_KEY ? resolve(environment.HOLOTYPE_SIGNING_KEY) : null,
    /** HOLOTYPE_MAX_BLOB_BYTES: the largest body a PUT may have; 4 GiB. */
    maxBlobBytes: wholeNumber('HOLOTYPE_MAX_BLOB_BYTES', 4 * 2 ** 30, [1, Number.MAX_SAFE_INTEGER]),
    /** HOLOTYPE_MAX_PIXELS: pixels over all pages beyond which an image is a decompression bomb; 2^28. */
    maxPixels: wholeNumber('HOLOTYPE_MAX_PIXELS', 2 ** 28, [1, Number.MAX_SAFE_INTEGER]),
    /** HOLOTYPE_DECODE_SECONDS: how long one image may take to decode. */
    decodeSeconds: wholeNumber('HOLOTYPE_DECODE_SECONDS', 60, [1, 3_600]),
    /** HOLOTYPE_PROBE_THREADS: worker threads that decode images. */
    probeThreads: wholeNumber('HOLOTYPE_PROBE_THREADS', 2, [1, 64]),
    /** HOLOTYPE_LOG_LEVEL: silent, fatal, error, warn, info, debug or trace. */
    logLevel: logLevel(given('HOLOTYPE_LOG_LEVEL') ?? 'warn'),
    /** HOLOTYPE_DRAIN_SECONDS: how long a server that is told to stop waits for open requests. */
    drainSeconds: wholeNumber('HOLOTYPE_DRAIN_SECONDS', 20, [0, 3_600]),
    /** HOLOTYPE_METRICS_PUBLIC: true shows /metrics to everybody, not to the loopback and administrators alone. */
    metricsPublic: truth('HOLOTYPE_METRICS_PUBLIC', environment.HOLOTYPE_METRICS_PUBLIC || 'false'),
    /** HOLOTYPE_RATE_LIMIT: requests a minute that one principal, or one address without a token, may make. */
    rateLimit: wholeNumber('HOLOTYPE_RATE_LIMIT', 30_000, [60, 10_000_000]),
    /** HOLOTYPE_REFUSED_TOKEN_LIMIT: unknown tokens a minute that are answered to one address. */
    refusedTokenLimit: wholeNumber('HOLOTYPE_REFUSED_TOKEN_LIMIT', 600, [6, 10_000_000]),
    /** HOLOTYPE_WEBHOOKS_PRIVATE: true takes webhooks inside the server's own network, and http; for intranets. */
    webhooksInside: truth('HOLOTYPE_WEBHOOKS_PRIVATE', environment.HOLOTYPE_WEBHOOKS_PRIVATE || 'false'),
    /** HOLOTYPE_OIDC_ISSUER, HOLOTYPE_OIDC_AUDIENCE: an OpenID Connect provider whose tokens for that audience are taken. */
    identityProvider: identityProvider(environment),
    /** HOLOTYPE_AUDIT_CHECKPOINT_MINUTES: how often the audit chain is signed, where anything happened. */
    checkpointMinutes: wholeNumber('HOLOTYPE_AUDIT_CHECKPOINT_MINUTES', 60, [1, 10_080]),
  });
}

function databaseUrl(environment: NodeJS.ProcessEnv): string | null {
  const url = environment.DATABASE_URL;
  if (!url) return null;
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw bad(
      'DATABASE_URL',
      url.replace(/:[^:@/]*@/, ':…@'),
      'an address such as postgres://user@host/database',
    );
  return url;
}

/** What the settings of object stores mean, each where it is read; given without an s3:// place they are refused. */
function blobPlace(place: string, environment: NodeJS.ProcessEnv): string | ObjectStorePlace {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(place)?.[1];
  if (scheme === undefined) {
    for (const name of ['HOLOTYPE_S3_ENDPOINT', 'HOLOTYPE_S3_REDIRECT'])
      if (environment[name]) throw bad(name, environment[name], 'unset unless HOLOTYPE_BLOBS is s3://bucket');
    return resolve(place);
  }
  const [, bucket, prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/((?:[\w!*'().-]+\/)*[\w!*'().-]+)?)?\/?$/.exec(place) ??
    [];
  if (!bucket || /(^|\/)\.\.?(\/|$)/.test(prefix))
    throw bad(
      'HOLOTYPE_BLOBS',
      place,
      'a folder, or s3://bucket/prefix of lower-case bucket and plain prefix',
    );
  return Object.freeze({
    bucket,
    prefix,
    /** HOLOTYPE_S3_ENDPOINT: another store than AWS, addressed by path: http://host:port/bucket/…. */
    endpoint: endpoint(environment.HOLOTYPE_S3_ENDPOINT),
    /** AWS_REGION: where the bucket lies; for another store than AWS us-east-1, which most take. */
    region: region(environment.AWS_REGION) ?? (environment.HOLOTYPE_S3_ENDPOINT ? 'us-east-1' : null),
    /** HOLOTYPE_S3_REDIRECT: false sends all bytes through this server, for clients that cannot reach the store. */
    redirect: truth('HOLOTYPE_S3_REDIRECT', environment.HOLOTYPE_S3_REDIRECT || 'true'),
  });
}

function endpoint(value: string | undefined): string | null {
  if (!value) return null;
  if (!/^https?:\/\/[^?#@]+$/.test(value) || !URL.canParse(value))
    throw bad(
      'HOLOTYPE_S3_ENDPOINT',
      value.replace(/\/\/.*@/, '//…@'),
      'an address such as https://store.example.org, without credentials',
    );
  return value;
}

function region(value: string | undefined): string | null {
  if (!value) return null;
  if (!/^[a-z0-9-]+$/.test(value)) throw bad('AWS_REGION', value, 'a region such as eu-central-1');
  return value;
}

function truth(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw bad(name, value, 'true or false');
  return value === 'true';
}

function publicUrl(value: string | undefined): string | null {
  if (!value) return null;
  if (!/^https?:\/\/[^?#]+$/.test(value) || !URL.canParse(value))
    throw bad('HOLOTYPE_PUBLIC_URL', value, 'an address such as https://data.example.org');
  return value.replace(/\/+$/, '');
}

function identityProvider(environment: NodeJS.ProcessEnv): IdentityProviderPlace | null {
  const { HOLOTYPE_OIDC_ISSUER: issuer, HOLOTYPE_OIDC_AUDIENCE: audience } = environment;
  if (!issuer && !audience) return null;
  const isLocal = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(issuer ?? '');
  if (!issuer || !URL.canParse(issuer) || !(issuer.startsWith('https://') || isLocal))
    throw bad('HOLOTYPE_OIDC_ISSUER', issuer ?? '', 'the https:// address that the provider calls itself by');
  if (!audience)
    throw bad('HOLOTYPE_OIDC_AUDIENCE', '', 'what the provider’s tokens for this server name as audience');
  return Object.freeze({ issuer, audience });
}

function logLevel(value: string): string {
  if (!LOG_LEVELS.includes(value)) throw bad('HOLOTYPE_LOG_LEVEL', value, `one of ${LOG_LEVELS.join(', ')}`);
  return value;
}

function bad(name: string, value: string, rule: string): DomainError {
  return new DomainError('BAD_CONFIGURATION', `${name}: "${value}" must be ${rule}.`);
}
