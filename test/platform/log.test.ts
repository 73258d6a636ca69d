import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { newAccessToken } from '../../src/governance/access-token.ts';
import { openLog } from '../../src/platform/log.ts';

const { token } = newAccessToken();

/** What stands in the log after `write`. */
function logged(write: (log: ReturnType<typeof openLog>) => void): { text: string; lines: object[] } {
  const lines: string[] = [];
  write(openLog('trace', { write: (line: string) => void lines.push(line) }));
  return { text: lines.join(''), lines: lines.map((line) => JSON.parse(line) as object) };
}

describe('the log', () => {
  it('is one JSON object a line', () => {
    const { lines } = logged((log) => {
      log.info({ requestId: 'r' }, 'request');
      log.error({ err: new Error('two\nlines') }, 'unexpected error');
    });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ level: 30, requestId: 'r', msg: 'request' });
    expect(lines[1]).toMatchObject({ level: 50, err: { type: 'Error', message: 'two\nlines' } });
  });

  it.each<[string, string]>([
    ['a token of this server', token],
    ['a bearer header', 'Bearer c2VjcmV0LXRva2Vu'],
    ['a basic header', `Basic ${Buffer.from(`me:${token}`).toString('base64')}`],
    ['a token of an identity provider', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl'],
    ['a password in an address', 'postgres://me:secret@host/database'],
  ])('has no %s in any line, wherever it came from', (_, secret) => {
    const cause = new Error(`could not use ${secret}`);
    const { text } = logged((log) => {
      log.info({ anything: secret, deep: { list: [secret] } }, `asked with ${secret}`);
      log.error({ err: new Error(`refused ${secret}`, { cause }) }, 'unexpected error');
      log.error(cause);
    });
    for (const part of secret.split(/[\s@/]+/).filter((word) => word.length > 20 || word.includes('secret')))
      expect(text).not.toContain(part);
    expect(text).toContain('[secret]');
  });

  it('has of a failed statement neither its parameters nor the value that the database quotes', () => {
    const driverError = Object.assign(new Error('invalid input syntax for type uuid: "Ada Lovelace"'), {
      code: '22P02',
      detail: 'Key (name)=(Ada Lovelace) already exists.',
      table: 'principal',
    });
    const { text } = logged((log) =>
      log.error(
        { err: new QueryFailedError('SELECT $1', ['Ada Lovelace'], driverError) },
        'unexpected error',
      ),
    );
    expect(text).not.toContain('Ada');
    expect(text).toContain('22P02');
    expect(text).toContain('"table":"principal"');
    expect(text).toContain('log.test.ts');
  });
});
