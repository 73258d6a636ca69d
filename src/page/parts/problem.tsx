import type { CombinedError } from '@urql/preact';
import { dictionary, useWords } from '../language.tsx';

const WORDS = dictionary(
  {
    lost: 'The connection to the server is lost.',
    lostHint: 'Nothing was changed. The page tries again, or try now.',
    again: 'Try again',
    unknown: 'There is nothing here that you may see.',
    unknownHint:
      'Either it does not exist, or it is not shared with you. Ask its curator, or sign in as somebody else.',
    signIn: 'Sign in to see this.',
    signInLink: 'Sign in',
    refused: 'Refused',
  },
  {
    lost: 'La connexion au serveur est perdue.',
    lostHint: 'Rien n’a été modifié. La page réessaie, ou réessayez maintenant.',
    again: 'Réessayer',
    unknown: 'Il n’y a rien ici que vous puissiez voir.',
    unknownHint:
      'Soit cela n’existe pas, soit ce n’est pas partagé avec vous. Demandez à son curateur, ou identifiez-vous autrement.',
    signIn: 'Identifiez-vous pour voir ceci.',
    signInLink: 'S’identifier',
    refused: 'Refusé',
  },
);

export function codeOf(error: CombinedError): string | null {
  return (error.graphQLErrors[0]?.extensions?.code as string | undefined) ?? null;
}

/** Why a question has no answer, and the way out. Sentences of the server stand as it said them, in English. */
export function Problem({ error, again }: { error: CombinedError; again?: () => void }) {
  const words = useWords(WORDS);
  const code = codeOf(error);
  if (code === 'UNAUTHENTICATED' || error.response?.status === 401)
    return (
      <section class="notice" role="alert">
        <h2>{words.signIn}</h2>
        <p>
          <a class="button" href="/page/sign-in">
            {words.signInLink}
          </a>
        </p>
      </section>
    );
  if (error.networkError && !code)
    return (
      <section class="notice" role="alert">
        <h2>{words.lost}</h2>
        <p>{words.lostHint}</p>
        {again && (
          <p>
            <button type="button" onClick={again}>
              {words.again}
            </button>
          </p>
        )}
      </section>
    );
  return (
    <section class="notice" role="alert">
      <h2>{code === 'NOT_FOUND' ? words.unknown : words.refused}</h2>
      {code === 'NOT_FOUND' && <p>{words.unknownHint}</p>}
      {error.graphQLErrors.map(({ message, extensions }) => (
        <p key={message}>
          <span lang="en">{message}</span> <code>{String(extensions?.code ?? '')}</code>
        </p>
      ))}
    </section>
  );
}
