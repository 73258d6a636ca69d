import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { dictionary, useWords } from '../../language.tsx';
import { More } from '../../parts/more.tsx';
import { PrincipalList } from './access-queries.ts';
import { Myself } from './myself.tsx';
import { NewPrincipal } from './new-principal.tsx';
import { Somebody } from './somebody.tsx';

const WORDS = dictionary(
  {
    title: 'People and tokens',
    lead: 'Who may do what, and with which tokens. A token’s secret is shown once, when it is issued, and never again.',
    everybody: 'Everybody on this instance',
    filter: 'Who',
    kind: 'Kind',
    any: 'all',
    HUMAN: 'people',
    MACHINE: 'machines',
    GROUP: 'groups',
    name: 'Name contains',
    show: 'Show',
  },
  {
    title: 'Personnes et jetons',
    lead: 'Qui peut quoi, et avec quels jetons. Le secret d’un jeton est montré une fois, à son émission, et plus jamais.',
    everybody: 'Tous les comptes de cette instance',
    filter: 'Qui',
    kind: 'Genre',
    any: 'tous',
    HUMAN: 'personnes',
    MACHINE: 'machines',
    GROUP: 'groupes',
    name: 'Le nom contient',
    show: 'Afficher',
  },
);

const KINDS = ['HUMAN', 'MACHINE', 'GROUP'] as const;

export default function People() {
  const words = useWords(WORDS);
  const { query, route } = useLocation();
  const [turn, setTurn] = useState(0);
  const changed = () => setTurn((before) => before + 1);
  const kind = KINDS.find((name) => name === query.kind) ?? null;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Myself key={`myself-${turn}`} />
      <h2>{words.everybody}</h2>
      <form
        class="toolbar"
        aria-label={words.filter}
        onSubmit={(event) => {
          event.preventDefault();
          const asked = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '');
          route(`/page/people?${new URLSearchParams(asked as [string, string][])}`);
        }}
      >
        <label>
          <span>{words.kind}</span>
          <select name="kind">
            <option value="">{words.any}</option>
            {KINDS.map((name) => (
              <option key={name} value={name} selected={name === kind}>
                {words[name]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{words.name}</span>
          <input name="name" defaultValue={query.name ?? ''} />
        </label>
        <button type="submit">{words.show}</button>
      </form>
      <p>
        <NewPrincipal done={changed} />
      </p>
      <More
        key={turn}
        query={PrincipalList}
        variables={{ kind, nameContains: query.name || null }}
        connection={({ principals }) => principals}
      >
        {(principals) => (
          <ul class="entries">
            {principals.map((principal) => (
              <li key={principal.name}>
                <Somebody principal={principal} changed={changed} />
              </li>
            ))}
          </ul>
        )}
      </More>
    </>
  );
}
