import { cacheExchange, createClient, fetchExchange, Provider } from '@urql/preact';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { authorization, useSession } from './session.tsx';

/** One GraphQL client a session: signing in or out forgets what the last one had read. */
export function ClientProvider({ children }: { children: ComponentChildren }) {
  const { token } = useSession();
  const client = useMemo(
    () =>
      createClient({
        url: '/graphql',
        preferGetMethod: false,
        exchanges: [cacheExchange, fetchExchange],
        requestPolicy: 'cache-and-network',
        fetchOptions: { headers: authorization(token), credentials: 'omit' },
      }),
    [token],
  );
  return <Provider value={client}>{children}</Provider>;
}
