import { dictionary, useFormat, useWords } from '../../language.tsx';
import type { Principal } from './access-queries.ts';
import { GrantRole } from './grant-role.tsx';
import { Grants, Tokens } from './held.tsx';
import { IssueToken } from './issue-token.tsx';
import { RevokeGrant, RevokeToken } from './revoke.tsx';

const WORDS = dictionary(
  {
    HUMAN: 'person',
    MACHINE: 'machine',
    GROUP: 'group',
    since: (date: string) => `known since ${date}`,
    disabled: (date: string) => `refused since ${date}`,
    groups: 'In groups',
    members: 'Members',
  },
  {
    HUMAN: 'personne',
    MACHINE: 'machine',
    GROUP: 'groupe',
    since: (date: string) => `connu depuis le ${date}`,
    disabled: (date: string) => `refusé depuis le ${date}`,
    groups: 'Dans les groupes',
    members: 'Membres',
  },
);

export function Somebody({ principal, changed }: { principal: Principal; changed(): void }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const { name, kind, createdAt, disabledAt, grants, groups, members, tokens } = principal;
  return (
    <>
      <h3>{name}</h3>
      <p>
        {words[kind]}, {words.since(format.moment(createdAt))}
        {disabledAt && <strong> — {words.disabled(format.moment(disabledAt))}</strong>}
      </p>
      {groups.length > 0 && (
        <p>
          {words.groups}: {groups.map(({ group }) => group).join(', ')}
        </p>
      )}
      {members.length > 0 && (
        <p>
          {words.members}: {members.map((member) => member.principal).join(', ')}
        </p>
      )}
      <Grants
        of={name}
        grants={grants}
        act={(grant) => <RevokeGrant grant={grant} principal={name} done={changed} />}
      />
      {kind !== 'GROUP' && (
        <Tokens
          of={name}
          tokens={tokens}
          act={(token) => <RevokeToken token={token} principal={name} done={changed} />}
        />
      )}
      <p class="actions">
        <GrantRole principal={name} done={changed} />
        {kind !== 'GROUP' && <IssueToken principal={name} done={changed} />}
      </p>
    </>
  );
}
