import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { dictionary, useWords } from '../language.tsx';
import { fetchOwn, useSession } from '../session.tsx';

const WORDS = dictionary(
  {
    title: 'Sign in',
    token: 'Token',
    hint: 'A token of this server, or the access token of the identity provider that it trusts. It stays in this tab and is forgotten with it.',
    first: 'The first administrator’s token lies in the file that the server named when it started.',
    verb: 'Sign in',
    refused: 'The server does not know this token, or it has expired or was revoked.',
    lost: 'The server does not answer.',
  },
  {
    title: 'S’identifier',
    token: 'Jeton',
    hint: 'Un jeton de ce serveur, ou le jeton d’accès du fournisseur d’identité auquel il se fie. Il reste dans cet onglet et disparaît avec lui.',
    first: 'Le jeton du premier administrateur est dans le fichier que le serveur a nommé à son démarrage.',
    verb: 'S’identifier',
    refused: 'Le serveur ne connaît pas ce jeton, ou il a expiré ou été révoqué.',
    lost: 'Le serveur ne répond pas.',
  },
);

export default function SignIn() {
  const words = useWords(WORDS);
  const { signIn } = useSession();
  const { route } = useLocation();
  const [fault, setFault] = useState<'refused' | 'lost' | null>(null);
  const submit = async (token: string) => {
    setFault(null);
    const isKnown = await knows(token).catch(() => null);
    if (isKnown === null) return setFault('lost');
    if (!isKnown) return setFault('refused');
    signIn(token);
    route('/');
  };
  return (
    <>
      <h1>{words.title}</h1>
      <form
        class="narrow"
        onSubmit={(event) => {
          event.preventDefault();
          submit((new FormData(event.currentTarget).get('token') as string).trim());
        }}
      >
        <label>
          <span>{words.token}</span>
          <input name="token" type="password" autocomplete="current-password" required />
        </label>
        <p>{words.hint}</p>
        <p>{words.first}</p>
        {fault && (
          <p class="notice" role="alert">
            {words[fault]}
          </p>
        )}
        <p class="actions">
          <button type="submit" class="primary">
            {words.verb}
          </button>
        </p>
      </form>
    </>
  );
}

async function knows(token: string): Promise<boolean> {
  const response = await fetchOwn('/graphql', token, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { name } }' }),
  });
  const { data } = (await response.json()) as { data?: { viewer: unknown } | null };
  return Boolean(data?.viewer);
}
