import { DomainError } from '../kernel/errors.ts';
import type { Exchange, Route } from '../platform/http-route.ts';
import { exportAudit } from './export-audit.usecase.ts';

/** The log as a file, for whoever checks it without this server. */
export const governanceRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/audit/events.jsonl',
    rule: 'audit.read',
    async handle(context, exchange) {
      const range = { from: sequenceOf(exchange, 'from'), to: sequenceOf(exchange, 'to') };
      await exchange.stream('application/jsonl', await exportAudit(context, range));
    },
  },
];

function sequenceOf(exchange: Exchange, name: string): number | null {
  const text = exchange.query(name);
  if (text === null) return null;
  if (!/^[1-9][0-9]{0,14}$/.test(text))
    throw new DomainError('BAD_INPUT', `${name}: "${text}" is not the number of an event, from 1 on.`);
  return Number(text);
}
