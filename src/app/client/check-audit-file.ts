import { AuditFileCheck, type AuditFileReport } from '../../governance/audit-file.ts';
import { parsePublicKey } from '../../kernel/dsse.ts';
import { DomainError } from '../../kernel/errors.ts';
import { readIfThere } from './read-if-there.ts';
import { readLines } from './read-lines.ts';

/** Checks an exported audit log without a server, a line in memory at a time; `keys` are files of public keys in PEM. */
export async function checkAuditFile(file: string, keys: readonly string[]): Promise<AuditFileReport> {
  const read = await Promise.all(
    keys.map(async (path) => {
      const pem = await readIfThere(path);
      if (!pem) throw new DomainError('BAD_INPUT', `--key: there is no file "${path}".`);
      return parsePublicKey(pem);
    }),
  );
  const check = new AuditFileCheck(read);
  for await (const line of readLines(file)) check.line(line.toString('utf8'));
  return check.end();
}
