import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { ormOptions } from '../../ormconfig.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { makeReports } from '../bias/make-reports.usecase.ts';
import { workOnOrders } from '../bias/order-report.usecase.ts';
import { makeConsensus } from '../consensus/make-consensus.usecase.ts';
import { workOnConsensusOrders } from '../consensus/order-consensus.usecase.ts';
import { bootstrapAdministrator } from '../governance/bootstrap-administrator.usecase.ts';
import { checkpointAudit } from '../governance/checkpoint-audit.usecase.ts';
import { computeThread } from '../platform/compute-thread.ts';
import type { Context, Services } from '../platform/context.ts';
import { type DataFolderLock, lockDataFolder } from '../platform/data-folder-lock.ts';
import { openDatabase } from '../platform/database.ts';
import { openIdentityProvider } from '../platform/identity-provider.ts';
import { imageProbePool } from '../platform/image-probe-pool.ts';
import { jobQueue } from '../platform/job-queue.ts';
import { openLog } from '../platform/log.ts';
import { rateLimits } from '../platform/rate-limits.ts';
import { openSigningKey } from '../platform/signing-key.ts';
import { openWebhookSender } from '../platform/webhook-sender.ts';
import { makeRendering } from '../renderings/make-rendering.usecase.ts';
import { workOnRenderings } from '../renderings/order-rendering.usecase.ts';
import { registerSigningKey } from '../snapshots/signing-keys.usecase.ts';
import { workOnWebhooks } from '../stewardship/consumers/deliver-webhooks.usecase.ts';
import { reporterOf } from '../stewardship/publication/publication.loaders.ts';
import { workOnWithdrawals } from '../stewardship/withdrawal/destroy-withdrawn.usecase.ts';
import { workOnSuccessors } from '../stewardship/withdrawal/propose-successor.usecase.ts';
import type { Configuration } from './configuration.ts';
import { httpApplication } from './http-application.ts';
import { openBlobStore } from './open-blob-store.ts';

/** For what came while the last request was answered, and to hand over what is written. */
const LAST_ANSWERS_MILLISECONDS = 500;

export interface RunningServer {
  readonly url: string;
  readonly services: Services;
  /** Where the first administrator's token lies, for the command line on this machine. */
  readonly tokenFile: string;
  stop(): Promise<void>;
}

/** Starts everything, in the order in which it depends on one another, and stops it in the reverse order. */
export async function startServer(configuration: Configuration): Promise<RunningServer> {
  const log = openLog(configuration.logLevel);
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.reverse().splice(0)) await close();
  };
  try {
    await mkdir(configuration.dataFolder, { recursive: true, mode: 0o700 });
    const lock = configuration.databaseUrl === null ? await lockDataFolder(configuration.dataFolder) : null;
    if (lock) closers.push(() => lock.release());
    const services = await openServices(configuration, log, closers);
    const tokenFile = join(configuration.dataFolder, 'admin-token');
    await bootstrap(services, tokenFile);
    await registerSigningKey(ownContext(services), signsAlone(configuration));
    closers.push(signAuditChain(services, configuration.checkpointMinutes));
    workOnOrders(services, makeReports);
    workOnConsensusOrders(services, makeConsensus);
    workOnRenderings(services, makeRendering);
    workOnWithdrawals(services);
    workOnSuccessors(services, reporterOf);
    closers.push(workOnWebhooks(services));
    const url = await listen(configuration, services, lock, closers);
    return { url, services, tokenFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openServices(
  configuration: Configuration,
  log: Logger,
  closers: (() => Promise<unknown>)[],
): Promise<Services> {
  const { identityProvider: provider } = configuration;
  const { databaseUrl, dataFolder, maxBlobBytes, maxPixels, decodeSeconds } = configuration;
  const signer = await openSigningKey(configuration.signingKey ?? join(dataFolder, 'signing-key.pem'), {
    create: configuration.signingKey === null,
  });
  const blobs = await openBlobStore(configuration);
  closers.push(() => blobs.close());
  await blobs.put(Readable.from([]), {}); // what /health/ready looks for
  const place = databaseUrl === null ? { folder: join(dataFolder, 'database') } : { url: databaseUrl };
  const database = await openDatabase(place, ormOptions);
  closers.push(() => database.close());
  const probe = imageProbePool({ threads: configuration.probeThreads });
  closers.push(() => probe.close());
  const compute = computeThread();
  closers.push(() => compute.close());
  const jobs = jobQueue(database.db, log);
  closers.push(() => jobs.close());
  return {
    db: database.db,
    blobs,
    probe,
    compute,
    jobs,
    log,
    now: () => new Date(),
    signer,
    rateLimits: rateLimits({
      requests: configuration.rateLimit,
      refusedTokens: configuration.refusedTokenLimit,
    }),
    webhooks: openWebhookSender({ allowInside: configuration.webhooksInside }),
    identityProvider: provider && openIdentityProvider(provider, () => new Date()),
    software: softwareVersions(),
    publicUrl: configuration.publicUrl,
    limits: { maxBlobBytes, maxPixels, decodeSeconds },
  };
}

/** The token is on disk before the administrator is committed, so that a crash between loses nothing. */
async function bootstrap(services: Services, tokenFile: string): Promise<void> {
  await bootstrapAdministrator(ownContext(services), async (token) => {
    await writeFile(tokenFile, `${token}\n`, { mode: 0o600 });
    await chmod(tokenFile, 0o600);
  });
}

/** Signs the audit chain from time to time, and a last time when the server stops. */
function signAuditChain(services: Services, minutes: number): () => Promise<void> {
  const sign = () =>
    checkpointAudit(ownContext(services)).then(
      () => undefined,
      (err: unknown) => services.log.error({ err }, 'the audit chain was not signed'),
    );
  const timer = setInterval(sign, minutes * 60_000).unref();
  return () => {
    clearInterval(timer);
    return sign();
  };
}

/** What the server does at its start, for nobody. */
function ownContext(services: Services): Context {
  return {
    ...services,
    actor: null,
    origin: services.publicUrl ?? 'http://localhost',
    requestId: randomUUID(),
    decisions: new Set(),
  };
}

/** A key made in the data folder of one server among several on a database must not close the others' (decision 0017). */
function signsAlone({ databaseUrl, signingKey }: Configuration): { alone: boolean } {
  return { alone: databaseUrl === null || signingKey !== null };
}

/** What bears on the bytes of a snapshot: who writes it, who probes its images, and what both run on. */
function softwareVersions(): Record<string, string> {
  const { version, dependencies } = packageJson;
  return { holotype: version, node: process.versions.node, sharp: dependencies.sharp };
}

async function listen(
  configuration: Configuration,
  services: Services,
  lock: DataFolderLock | null,
  closers: (() => Promise<unknown>)[],
): Promise<string> {
  const { metricsPublic, drainSeconds } = configuration;
  const { app, drain, stop } = await httpApplication(services, { metricsPublic });
  closers.push(stop);
  const server = createServer(app);
  server.listen(configuration.port, configuration.host);
  await once(server, 'listening');
  closers.push(async () => {
    // Still listening, so that whoever asks whether the server is ready hears that it is not.
    await Promise.all([drain(drainSeconds * 1_000), services.jobs.close()]);
    server.close();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MILLISECONDS).unref();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  const host = configuration.host.includes(':') ? `[${configuration.host}]` : configuration.host;
  const url = `http://${host}:${port}`;
  await lock?.announce(url);
  return url;
}
