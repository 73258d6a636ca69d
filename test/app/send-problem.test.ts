import { once } from 'node:events';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express from 'express';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { sendProblem } from '../../src/app/send-problem.ts';

/** What is logged of a client that leaves before the handler has begun to answer. */
async function logOfLeaving(answer: (response: express.Response) => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  let done = () => {};
  const handled = new Promise<void>((resolve) => {
    done = resolve;
  });
  const server = express()
    .get('/', async (request, response) => {
      client.destroy();
      await once(request.socket, 'close');
      await answer(response).catch((error: unknown) => sendProblem(log, error, response));
      done();
    })
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  client.on('error', () => {});
  await handled;
  server.close();
  return lines;
}

it('a client that left before its answer began is nobody’s fault', async () => {
  expect(await logOfLeaving((response) => pipeline(Readable.from(['bytes']), response))).toEqual([]);
});

it('a fault of the server is logged though its client has left', async () => {
  const [line] = await logOfLeaving(() => Promise.reject(new Error('the disk is gone')));
  expect(line).toContain('the disk is gone');
});
