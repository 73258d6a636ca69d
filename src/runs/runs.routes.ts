import { DomainError } from '../kernel/errors.ts';
import type { Exchange, Route } from '../platform/http-route.ts';
import { recordOutcomes } from './record-outcomes.usecase.ts';
import { reportTrainingRun } from './report-training-run.usecase.ts';
import { readRunDocument } from './run-document.ts';

const MAX_BODY = 4 * 1024 * 1024;

/** Runs by plain HTTP, for scripts that speak no GraphQL. */
export const runsRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/runs',
    rule: 'run.report',
    async handle(context, exchange) {
      const document = readRunDocument(await jsonBody(exchange));
      const { run, created } = await reportTrainingRun(context, document);
      exchange.json(created ? 201 : 200, { id: run.id, snapshot: run.snapshot, created });
    },
  },
  {
    method: 'put',
    path: '/runs/:id/outcomes',
    rule: 'run.report',
    async handle(context, exchange) {
      if (!['application/jsonl', 'application/x-ndjson'].includes(exchange.mediaType ?? ''))
        throw new DomainError('BAD_INPUT', 'Content-Type: must be application/jsonl, one object a line.');
      exchange.json(200, await recordOutcomes(context, exchange.parameter('id'), exchange.body));
    },
  },
];

/** A page of another site cannot send this media type without asking the browser for leave, which nobody gives here. */
async function jsonBody(exchange: Exchange): Promise<unknown> {
  if (exchange.mediaType !== 'application/json')
    throw new DomainError('BAD_INPUT', 'Content-Type: must be application/json.');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of exchange.body) {
    size += chunk.length;
    if (size > MAX_BODY)
      throw new DomainError(
        'LIMIT_EXCEEDED',
        `The report of a run has more than ${MAX_BODY} bytes; send outcomes of images to /runs/ID/outcomes.`,
      );
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new DomainError('BAD_INPUT', 'The body is no JSON; NaN and Infinity are none either.');
  }
}
