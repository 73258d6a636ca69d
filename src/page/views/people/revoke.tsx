import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import type { Grant, Token } from './access-queries.ts';

const WORDS = dictionary(
  {
    revoke: 'Revoke…',
    verb: 'Revoke',
    grant: (role: string, name: string) => `Revoke ${role} of ${name}`,
    everywhere: (name: string) => `${name} loses it on the whole instance, at once.`,
    there: (name: string, dataset: string) => `${name} loses it on ${dataset}, at once.`,
    token: (label: string, name: string) => `Revoke the token “${label}” of ${name}`,
    ends: 'It ends at once and never works again. What it did stays on the record.',
    used: (date: string) => `It was last used ${date}.`,
    unused: 'It was never used.',
  },
  {
    revoke: 'Révoquer…',
    verb: 'Révoquer',
    grant: (role: string, name: string) => `Révoquer ${role} de ${name}`,
    everywhere: (name: string) => `${name} le perd sur toute l’instance, aussitôt.`,
    there: (name: string, dataset: string) => `${name} le perd sur ${dataset}, aussitôt.`,
    token: (label: string, name: string) => `Révoquer le jeton « ${label} » de ${name}`,
    ends: 'Il cesse aussitôt et ne marchera plus jamais. Ce qu’il a fait reste consigné.',
    used: (date: string) => `Dernier usage : ${date}.`,
    unused: 'Il n’a jamais servi.',
  },
);

const RevokeRoleOf = graphql(
  `
    mutation RevokeRole($input: RoleInput!) {
      revokeRole(input: $input) {
        __typename
        ... on RevokedRole { principal }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

const RevokeTokenOf = graphql(
  `
    mutation RevokeToken($input: RevokeTokenInput!) {
      revokeToken(input: $input) {
        __typename
        ... on RevokedToken { id }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

interface Of {
  principal: string;
  done(): void;
}

export function RevokeGrant({ grant, principal, done }: Of & { grant: Grant }) {
  const words = useWords(WORDS);
  const [isOpen, setOpen] = useState(false);
  const { run, isRunning, refusal, forget } = useAct(RevokeRoleOf);
  const { role, dataset } = grant;
  const close = () => {
    forget();
    setOpen(false);
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {words.revoke}
      </button>
      <Confirm
        title={words.grant(role, principal)}
        verb={words.verb}
        isOpen={isOpen}
        isRunning={isRunning}
        refusal={refusal}
        isFinal
        onCancel={close}
        onConfirm={async () => {
          if (!(await run({ input: { principal, role, dataset } }))) return;
          close();
          done();
        }}
      >
        <p>{dataset ? words.there(principal, dataset) : words.everywhere(principal)}</p>
      </Confirm>
    </>
  );
}

export function RevokeToken({ token, principal, done }: Of & { token: Token }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { run, isRunning, refusal, forget } = useAct(RevokeTokenOf);
  const close = () => {
    forget();
    setOpen(false);
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {words.revoke}
      </button>
      <Confirm
        title={words.token(token.label, principal)}
        verb={words.verb}
        isOpen={isOpen}
        isRunning={isRunning}
        refusal={refusal}
        isFinal
        onCancel={close}
        onConfirm={async () => {
          if (!(await run({ input: { id: token.id } }))) return;
          close();
          done();
        }}
      >
        <p>{words.ends}</p>
        <p>{token.lastUsedAt ? words.used(format.moment(token.lastUsedAt)) : words.unused}</p>
      </Confirm>
    </>
  );
}
