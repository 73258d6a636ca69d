import { readFile } from 'node:fs/promises';
import { DomainError } from '../../kernel/errors.ts';
import {
  type PublicationRule,
  RULE_KINDS,
  type RuleKind,
} from '../../stewardship/publication/publication-rule.ts';

/** Rules as the command line says them: KIND, KIND=THRESHOLD, KIND:SUBJECT=THRESHOLD; or one JSON file of all of them. */
export async function ruleList(given: readonly string[]): Promise<PublicationRule[]> {
  const [first] = given;
  if (given.length === 1 && first === 'none') return [];
  if (given.length === 1 && first!.endsWith('.json')) return rulesOfFile(first!);
  return given.map(ruleOfText);
}

function ruleOfText(text: string): PublicationRule {
  const [, kind = '', subject = null, threshold = null] =
    /^([A-Z_]+)(?::([^=]+))?(?:=(.+))?$/.exec(text) ?? [];
  const number = threshold === null ? null : Number(threshold);
  if (Number.isNaN(number)) throw new DomainError('BAD_INPUT', `${text}: "${threshold}" is no number.`);
  return { kind: kindOf(kind, text), subject, threshold: number };
}

async function rulesOfFile(path: string): Promise<PublicationRule[]> {
  const malformed = (reason: string) => new DomainError('MALFORMED_FILE', `${path}: ${reason}`);
  let rules: unknown;
  try {
    rules = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw malformed(`it cannot be read: ${(error as Error).message}`);
  }
  if (!Array.isArray(rules)) throw malformed('a list of rules is expected.');
  return rules.map((rule: Partial<PublicationRule> | null, index) => {
    const { kind = '', subject = null, threshold = null } = rule ?? {};
    return { kind: kindOf(kind, `${path}, rule ${index + 1}`), subject, threshold };
  });
}

function kindOf(kind: string, place: string): RuleKind {
  if (Object.hasOwn(RULE_KINDS, kind)) return kind as RuleKind;
  throw new DomainError(
    'BAD_INPUT',
    `${place}: "${kind}" is no kind of rule; write one of ${Object.keys(RULE_KINDS).join(', ')}.`,
  );
}
