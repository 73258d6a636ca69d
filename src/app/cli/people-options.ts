import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { PRIVILEGES, ROLES, TOKEN_SCOPES } from '../../kernel/actor.ts';

type AsksServer = (command: Command) => Command;

/** `holotype access …`: people, machines, groups, their grants and tokens. */
export function addAccess(access: Command, asksServer: AsksServer): void {
  access.description('people, machines and groups: who may do what, and by which tokens');
  addPeople(access, asksServer);
  addGrants(access, asksServer);
  addGroups(access.command('groups'), asksServer);
  addTokens(access.command('token'), asksServer);
}

function addPeople(access: Command, asksServer: AsksServer): void {
  asksServer(access.command('list'))
    .description('lists people, machines and groups, or who was given what on a dataset')
    .addOption(new Option('--kind <kind>', 'only these').choices(['human', 'machine', 'group']))
    .option('--name <text>', 'only whose name has this in it')
    .addOption(
      new Option('--dataset <slug>', 'who was given what on this dataset').conflicts(['kind', 'name']),
    )
    .action(async (options) => (await import('./people.ts')).list(options));
  asksServer(access.command('show'))
    .description('prints what one of them was given, its groups or members, and its tokens')
    .argument('<name>', 'the principal or the group')
    .action(async (name, options) => (await import('./people.ts')).show(name, options));
  asksServer(access.command('create'))
    .description('makes a person or a machine known, who may do nothing yet')
    .argument('<name>', 'a–z, 0–9, ".", "_", "-"')
    .addOption(new Option('--kind <kind>', 'which').choices(['human', 'machine']).makeOptionMandatory())
    .action(async (name, options) => (await import('./people.ts')).create(name, options));
  asksServer(access.command('disable'))
    .description('refuses every token and sign-in of a principal, at once')
    .argument('<name>', 'the principal')
    .action(async (name, options) => (await import('./people.ts')).disable(name, options));
  asksServer(access.command('enable'))
    .description('takes a disabled principal again')
    .argument('<name>', 'the principal')
    .action(async (name, options) => (await import('./people.ts')).enable(name, options));
}

const roleOf = () =>
  new Argument('<role>', 'the role, or the privilege').argParser(oneOf([...ROLES, ...PRIVILEGES]));

/** Where a grant is: to leave a dataset out by mistake must not mean all of them. */
const place = (command: Command): Command =>
  command
    .addOption(new Option('--dataset <slug>', 'on this dataset').conflicts('instance'))
    .addOption(new Option('--instance', 'on the whole instance'));

function addGrants(access: Command, asksServer: AsksServer): void {
  place(asksServer(access.command('grant')))
    .description('gives a principal or a group a role')
    .argument('<name>', 'the principal or the group')
    .addArgument(roleOf())
    .option('--until <moment>', 'when it ends by itself', moment)
    .action(async (name, role, options, command: Command) => {
      requirePlace(options, command);
      await (await import('./people.ts')).grant(name, role, options);
    });
  place(asksServer(access.command('revoke')))
    .description('takes a role back, at once')
    .argument('<name>', 'the principal or the group')
    .addArgument(roleOf())
    .action(async (name, role, options, command: Command) => {
      requirePlace(options, command);
      await (await import('./people.ts')).revoke(name, role, options);
    });
}

function requirePlace(options: { dataset?: string; instance?: boolean }, command: Command): void {
  if (options.dataset === undefined && !options.instance)
    command.error('error: --dataset or --instance is needed.');
}

function addGroups(groups: Command, asksServer: AsksServer): void {
  groups.description('groups: principals who hold its grants together');
  asksServer(groups.command('list'))
    .description('lists groups with their members')
    .action(async (options) => (await import('./people.ts')).groups(options));
  asksServer(groups.command('create'))
    .description('makes a group')
    .argument('<group>', 'a–z, 0–9, ".", "_", "-"')
    .action(async (group, options) => (await import('./people.ts')).createGroup(group, options));
  asksServer(groups.command('add'))
    .description('lets a principal hold the grants of a group')
    .argument('<group>', 'the group')
    .argument('<name>', 'the principal')
    .option('--until <moment>', 'when that ends by itself', moment)
    .action(async (group, name, options) => (await import('./people.ts')).addMember(group, name, options));
  asksServer(groups.command('remove'))
    .description('takes a principal out of a group, at once')
    .argument('<group>', 'the group')
    .argument('<name>', 'the principal')
    .action(async (group, name, options) => (await import('./people.ts')).removeMember(group, name, options));
}

function addTokens(token: Command, asksServer: AsksServer): void {
  token.description('tokens: yours, or by an administrator anybody’s');
  asksServer(token.command('list'))
    .description('lists your tokens in force, or those of a principal')
    .option('--principal <name>', 'whose; yours unless said')
    .action(async (options) => (await import('./tokens.ts')).list(options));
  asksServer(token.command('issue'))
    .description('issues a token and prints its secret, this once')
    .requiredOption('--label <text>', 'what it is for')
    .option('--principal <name>', 'for whom; you unless said')
    .option('--scopes <names>', 'what it allows at most: read, write, administer', scopes, ['READ'])
    .option('--dataset <slug...>', 'the datasets it is narrowed to; all unless said')
    .option('--until <moment>', 'when it ends by itself', moment)
    .action(async (options) => (await import('./tokens.ts')).issue(options));
  asksServer(token.command('rotate'))
    .description('gives a token another secret and prints it, this once')
    .argument('<id>', 'the token’s id')
    .option('--grace <minutes>', 'how long the old secret is still good', minutes, 0)
    .action(async (id, options) => (await import('./tokens.ts')).rotate(id, options));
  asksServer(token.command('revoke'))
    .description('ends a token at once')
    .argument('<id>', 'the token’s id')
    .action(async (id, options) => (await import('./tokens.ts')).revoke(id, options));
}

function oneOf(names: readonly string[]): (text: string) => string {
  return (text) => {
    const name = text.trim().toUpperCase().replaceAll('-', '_');
    if (names.includes(name)) return name;
    throw new InvalidArgumentError(`"${text}" is none of ${names.join(', ').toLowerCase()}.`);
  };
}

function scopes(text: string): string[] {
  return text.split(',').map(oneOf(TOKEN_SCOPES));
}

/** A day is meant from its beginning, UTC. */
function moment(text: string): string {
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const time = isMoment ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError(`"${text}" is no moment such as 2031-01-31 or 2031-01-31T12:00:00Z.`);
  return new Date(time).toISOString();
}

function minutes(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`"${text}" is no number of minutes, 0 to 1440.`);
}
