import type { ComponentChildren } from 'preact';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Table } from '../../parts/table.tsx';
import type { Grant, Token } from './access-queries.ts';

const WORDS = dictionary(
  {
    grantsOf: (name: string) => `Grants of ${name}`,
    noGrants: 'Holds nothing.',
    role: 'Role',
    on: 'On',
    instance: 'the whole instance',
    by: (group: string) => `by ${group}`,
    until: 'Until',
    never: 'no end',
    tokensOf: (name: string) => `Tokens of ${name}`,
    noTokens: 'No token in force.',
    label: 'For',
    scopes: 'Allows at most',
    only: (datasets: string) => `only ${datasets}`,
    used: 'Last used',
    unused: 'never',
    act: 'Change',
  },
  {
    grantsOf: (name: string) => `Droits de ${name}`,
    noGrants: 'Ne détient rien.',
    role: 'Rôle',
    on: 'Sur',
    instance: 'toute l’instance',
    by: (group: string) => `par ${group}`,
    until: 'Jusqu’au',
    never: 'sans fin',
    tokensOf: (name: string) => `Jetons de ${name}`,
    noTokens: 'Aucun jeton en vigueur.',
    label: 'Pour',
    scopes: 'Permet au plus',
    only: (datasets: string) => `seulement ${datasets}`,
    used: 'Dernier usage',
    unused: 'jamais',
    act: 'Modifier',
  },
);

/** What somebody holds, with what may be done about each. */
export function Grants({
  of,
  grants,
  act,
}: {
  of: string;
  grants: readonly Grant[];
  act?: (grant: Grant) => ComponentChildren;
}) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (grants.length === 0) return <p class="none">{words.noGrants}</p>;
  return (
    <Table
      caption={words.grantsOf(of)}
      rows={grants}
      keyOf={({ role, dataset, principal }) => `${role} ${dataset} ${principal}`}
      columns={[
        { title: words.role, cell: ({ role }) => <code>{role}</code> },
        {
          title: words.on,
          cell: ({ dataset, principal }) => (
            <>
              {dataset ? <a href={`/page/datasets/${dataset}`}>{dataset}</a> : words.instance}
              {principal !== of && ` (${words.by(principal)})`}
            </>
          ),
        },
        {
          title: words.until,
          cell: ({ expiresAt }) => (expiresAt ? format.moment(expiresAt) : words.never),
        },
        ...(act ? [{ title: words.act, cell: act }] : []),
      ]}
    />
  );
}

export function Tokens({
  of,
  tokens,
  act,
}: {
  of: string;
  tokens: readonly Token[];
  act?: (token: Token) => ComponentChildren;
}) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (tokens.length === 0) return <p class="none">{words.noTokens}</p>;
  return (
    <Table
      caption={words.tokensOf(of)}
      rows={tokens}
      keyOf={({ id }) => id}
      columns={[
        { title: words.label, cell: ({ label }) => label },
        {
          title: words.scopes,
          cell: ({ scopes, datasets }) => (
            <>
              <code>{scopes.join(' ')}</code> {datasets && words.only(datasets.join(', '))}
            </>
          ),
        },
        {
          title: words.until,
          cell: ({ expiresAt }) => (expiresAt ? format.moment(expiresAt) : words.never),
        },
        {
          title: words.used,
          cell: ({ lastUsedAt }) => (lastUsedAt ? format.moment(lastUsedAt) : words.unused),
        },
        ...(act ? [{ title: words.act, cell: act }] : []),
      ]}
    />
  );
}
