import { type ComponentChildren, createContext } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';

const KEY = 'holotype.token';

interface Session {
  /** The bearer token of this tab; gone with the tab. */
  readonly token: string | null;
  signIn(token: string): void;
  signOut(): void;
}

const Held = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ComponentChildren }) {
  const [token, hold] = useState(() => sessionStorage.getItem(KEY));
  const session = useMemo(
    () => ({
      token,
      signIn(given: string) {
        sessionStorage.setItem(KEY, given);
        hold(given);
      },
      signOut() {
        sessionStorage.removeItem(KEY);
        hold(null);
      },
    }),
    [token],
  );
  return <Held.Provider value={session}>{children}</Held.Provider>;
}

export function useSession(): Session {
  return useContext(Held)!;
}

/**
 * Asks this server for something beside GraphQL. Without the browser's own credentials: it would answer the challenge that
 * is meant for scripts with a window of its own.
 */
export function fetchOwn(path: string, token: string | null, init: RequestInit = {}): Promise<Response> {
  const headers = { ...(init.headers as Record<string, string>), ...authorization(token) };
  return fetch(path, { ...init, headers, credentials: 'omit' });
}

export function authorization(token: string | null): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
}
