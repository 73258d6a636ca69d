import {
  changeProposal,
  declareRules,
  listProposals,
  publishProposal,
  readProposal,
  readRules,
  type ToldProposal,
} from '../client/proposals.ts';
import { ruleList } from '../client/rule-list.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson, printTable } from './print.ts';

/** Prints the rules in force, or declares others in their place. */
export async function rules(slug: string, options: AccessOptions & { set?: string[] }): Promise<void> {
  const access = await accessOf(options);
  const held = options.set
    ? await declareRules(access, slug, await ruleList(options.set))
    : await readRules(access, slug);
  if (options.json) return printJson(held);
  const by = held.declaredBy === null ? '' : `, declared by ${held.declaredBy} at ${held.declaredAt}`;
  print(`version ${held.version}${by}`);
  printTable(
    ['rule', 'threshold', 'meaning'],
    held.rules.map(({ key, threshold, meaning }) => [key, threshold ?? '', meaning]),
  );
}

interface ProposeOptions extends AccessOptions {
  readonly dataset: string;
  readonly message: string;
  readonly split?: readonly string[];
  readonly consensus?: readonly string[];
  readonly tag?: string;
  readonly parent?: string;
}

/** Prints the id and nothing else, so that a script can take it; what is not met goes to standard error. */
export async function propose(options: ProposeOptions): Promise<void> {
  const { dataset, message, split = [], consensus = [], tag = null, parent = null } = options;
  const input = { dataset, message, splits: split, consensuses: consensus, tag, parent };
  const made = await changeProposal(await accessOf(options), 'proposeSnapshot', input);
  if (options.json) return printJson(made);
  print(made.id);
  for (const { rule, outcome, sentence } of made.findings)
    if (outcome !== 'PASSED') process.stderr.write(`${rule.key}  ${outcome}  ${sentence}\n`);
}

export async function proposals(slug: string, options: AccessOptions & { open?: boolean }): Promise<void> {
  const held: ToldProposal[] = [];
  for await (const one of listProposals(await accessOf(options), slug, options.open ?? false)) held.push(one);
  if (options.json) return printJson(held);
  printTable(
    ['proposal', 'state', 'snapshot', 'tag', 'by', 'at', 'asks for'],
    held.map(({ id, state, digest, tag, proposer, proposedAt, findings }) => [
      ...[id, state, digest.slice(0, 'sha256:'.length + 12), tag ?? '', proposer, proposedAt],
      state === 'PROPOSED' ? unmet(findings).join(', ') : '',
    ]),
  );
}

const unmet = (findings: ToldProposal['findings']) =>
  findings.filter(({ outcome }) => outcome !== 'PASSED' && outcome !== 'WAIVED').map(({ rule }) => rule.key);

export async function proposal(id: string, options: AccessOptions): Promise<void> {
  const held = await readProposal(await accessOf(options), id);
  if (options.json) return printJson(held);
  const { state, digest, proposer, proposedAt, message, imageCount, annotationCount, rulesVersion } = held;
  print(`${state}  ${digest}`);
  print(`${imageCount} images, ${annotationCount} annotations; ${proposer}, ${proposedAt}: ${message}`);
  for (const { reviewer, verdict, comment, at } of held.reviews)
    print(`${verdict}  ${reviewer}, ${at}${comment === '' ? '' : `: ${comment}`}`);
  print(`rules of version ${rulesVersion}`);
  printTable(
    ['rule', 'outcome', 'found'],
    held.findings.map(({ rule, outcome, sentence, waiver }) => [
      ...[rule.key, outcome],
      waiver === null ? sentence : `${sentence} Waived by ${waiver.waivedBy}: ${waiver.reason}`,
    ]),
  );
}

export async function review(
  id: string,
  options: AccessOptions & { approve?: boolean; comment: string },
): Promise<void> {
  const verdict = options.approve ? 'APPROVE' : 'REJECT';
  const input = { proposal: id, verdict, comment: options.comment };
  tell(await changeProposal(await accessOf(options), 'reviewProposal', input), options);
}

export async function waive(
  id: string,
  options: AccessOptions & { rule: string; reason: string },
): Promise<void> {
  const input = { proposal: id, rule: options.rule, reason: options.reason };
  tell(await changeProposal(await accessOf(options), 'waiveRule', input), options);
}

export async function withdraw(id: string, options: AccessOptions): Promise<void> {
  tell(await changeProposal(await accessOf(options), 'withdrawProposal', { proposal: id }), options);
}

/** How it stands now, and what it still asks for. */
function tell(held: ToldProposal, options: AccessOptions): void {
  const asked = held.state === 'PROPOSED' ? unmet(held.findings) : [];
  if (options.json) printJson(held);
  else print(asked.length === 0 ? held.state : `${held.state}, asks for ${asked.join(', ')}`);
}

/** Prints the digest and nothing else, as `holotype publish` does. */
export async function publishProposed(id: string, options: AccessOptions): Promise<void> {
  const published = await publishProposal(await accessOf(options), id);
  if (options.json) printJson(published);
  else print(published.digest);
}
