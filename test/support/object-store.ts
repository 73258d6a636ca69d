import { randomUUID } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe } from 'vitest';
import type { ObjectStorePlace } from '../../src/platform/s3-blob-store.ts';

/** A real store of the S3 protocol. `.ci/object-store` starts one and prints this variable and its credentials. */
const ENDPOINT = process.env.HOLOTYPE_TEST_S3;

export const isObjectStoreThere = ENDPOINT !== undefined;

/** A suite that needs an object store; skipped, saying how to have one, where there is none. */
export function describeOnObjectStore(name: string, suite: () => void): void {
  if (isObjectStoreThere) describe(name, suite);
  else describe.skip(`${name} (no object store: export $(.ci/object-store))`, suite);
}

export interface TestBucket {
  readonly place: ObjectStorePlace;
  readonly client: S3Client;
  /** What a server is told to keep its blobs here. */
  readonly environment: Record<string, string>;
  /** Every object's key, and every upload's that is not completed. */
  keys(): Promise<string[]>;
  uploads(): Promise<string[]>;
  remove(): Promise<void>;
}

/** A bucket of its own; `endpoint` puts something between its users and the store. */
export async function newBucket(endpoint = ENDPOINT!): Promise<TestBucket> {
  const bucket = `holotype-${randomUUID()}`;
  const prefix = 'some/prefix';
  const region = 'us-east-1';
  const client = new S3Client({ endpoint: ENDPOINT, region, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const keys = async () => {
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
    return (Contents ?? []).map(({ Key }) => Key!);
  };
  return {
    place: { bucket, prefix, endpoint, region, redirect: true },
    client,
    environment: {
      HOLOTYPE_BLOBS: `s3://${bucket}/${prefix}`,
      HOLOTYPE_S3_ENDPOINT: endpoint,
      AWS_REGION: region,
    },
    keys,
    async uploads() {
      const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
      return (Uploads ?? []).map(({ Key }) => Key!);
    },
    async remove() {
      for (const Key of await keys()) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      await client.send(new DeleteBucketCommand({ Bucket: bucket })).catch(() => undefined);
      client.destroy();
    },
  };
}

export interface StoreProxy {
  readonly url: string;
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly authorization: string | undefined;
    readonly range: string | undefined;
  }[];
  /** Cuts so many answers of some length to come in their middle. */
  cuts: number;
  /** Answers 503 to so many requests to come. */
  failures: number;
  /** Flips a bit of every body that is sent to the store. */
  flips: boolean;
  close(): Promise<void>;
}

/** Stands before the object store on a host of its own, and sees, fails or damages what passes. */
export async function storeProxy(): Promise<StoreProxy> {
  const state = { requests: [] as StoreProxy['requests'], failures: 0, cuts: 0, flips: false };
  const cut = (answer: IncomingMessage, response: ServerResponse) => {
    state.cuts--;
    answer.once('data', (chunk: Buffer) => {
      // A moment later, so that what was sent has arrived: what is cut off with its bytes unread is begun anew.
      response.write(chunk.subarray(0, chunk.length / 2), () => setTimeout(() => response.destroy(), 100));
    });
  };
  const forward = (request: IncomingMessage, response: ServerResponse) => {
    const { method, headers } = request;
    const { authorization, range } = headers;
    state.requests.push({ method: method!, path: request.url!, authorization, range });
    if (state.failures > 0) {
      state.failures--;
      request.resume();
      return void response.writeHead(503).end();
    }
    const onward = httpRequest(ENDPOINT + request.url!, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      // Swift sends the end of a body that a HEAD does not have.
      if (method === 'HEAD') response.end();
      else if (state.cuts > 0 && Number(answer.headers['content-length']) > 10_000) cut(answer, response);
      else answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    if (!state.flips) return void request.pipe(onward);
    request.on('data', (chunk: Buffer) => {
      const damaged = Buffer.from(chunk);
      damaged[0]! ^= 1;
      onward.write(damaged);
    });
    request.on('end', () => onward.end());
  };
  const server = createServer(forward);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
