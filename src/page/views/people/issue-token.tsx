import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { SCOPES, type Scope } from './access-queries.ts';

const WORDS = dictionary(
  {
    open: 'Issue a token…',
    title: (name: string) => `Issue a token of ${name}`,
    verb: 'Issue',
    label: 'What it is for',
    scopes: 'What it allows at most',
    READ: 'Reading and fetching',
    WRITE: 'Changing datasets and publishing',
    ADMINISTER: 'Access and audit',
    until: 'Until (empty: no end, a machine’s 90 days)',
    carries: (name: string) => `Whoever has it acts as ${name}, within what is ticked here.`,
    secret: 'The token, shown this once. Copy it now:',
    close: 'I have it',
  },
  {
    open: 'Émettre un jeton…',
    title: (name: string) => `Émettre un jeton de ${name}`,
    verb: 'Émettre',
    label: 'À quoi il sert',
    scopes: 'Ce qu’il permet au plus',
    READ: 'Lire et récupérer',
    WRITE: 'Modifier des jeux et publier',
    ADMINISTER: 'Accès et audit',
    until: 'Jusqu’au (vide : sans fin, 90 jours pour une machine)',
    carries: (name: string) => `Qui le possède agit comme ${name}, dans les limites cochées ici.`,
    secret: 'Le jeton, montré cette seule fois. Copiez-le maintenant :',
    close: 'Je l’ai',
  },
);

const Issue = graphql(
  `
    mutation IssueToken($input: IssueTokenInput!) {
      issueToken(input: $input) {
        __typename
        ... on IssuedToken { token }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

export function IssueToken({ principal, done }: { principal: string; done(): void }) {
  const words = useWords(WORDS);
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [label, setLabel] = useState('');
  const [until, setUntil] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['READ']);
  const { run, isRunning, refusal, forget } = useAct(Issue);
  const close = () => {
    forget();
    setOpen(false);
    setLabel('');
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {words.open}
      </button>
      {secret && (
        <div class="notice" role="alert">
          <p>{words.secret}</p>
          <p>
            <code>{secret}</code>
          </p>
          <button
            type="button"
            onClick={() => {
              setSecret(null);
              done();
            }}
          >
            {words.close}
          </button>
        </div>
      )}
      <Confirm
        title={words.title(principal)}
        verb={words.verb}
        isOpen={isOpen}
        isRunning={isRunning}
        refusal={refusal}
        onCancel={close}
        onConfirm={async () => {
          const expiresAt = until ? new Date(until).toISOString() : null;
          const issued = await run({ input: { principal, label, scopes: [...scopes], expiresAt } });
          if (!issued) return;
          close();
          setSecret(issued.token);
        }}
      >
        <p>{words.carries(principal)}</p>
        <label>
          <span>{words.label}</span>
          <input value={label} required onInput={(event) => setLabel(event.currentTarget.value)} />
        </label>
        <fieldset>
          <legend>{words.scopes}</legend>
          {SCOPES.map((scope) => (
            <label key={scope}>
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={(event) =>
                  setScopes(
                    SCOPES.filter((name) =>
                      name === scope ? event.currentTarget.checked : scopes.includes(name),
                    ),
                  )
                }
              />{' '}
              {words[scope]}
            </label>
          ))}
        </fieldset>
        <label>
          <span>{words.until}</span>
          <input type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
        </label>
      </Confirm>
    </>
  );
}
