import { useEffect, useState } from 'preact/hooks';
import { authorization, useSession } from '../../session.tsx';

const WHOLE = /^(sha256:)?([0-9a-f]{64})$/;
const BEGINNING = /^(sha256:)?([0-9a-f]{12,63})$/;

/**
 * The digest that is meant: given whole, or by its beginning, as papers cut it short (docs/renderings.md). Asked by HEAD, which moves no
 * bytes and makes nobody a consumer. Null: it is being looked up.
 */
export function useWholeDigest(given: string): string | null {
  const { token } = useSession();
  const text = given.trim().toLowerCase();
  const [, , whole] = WHOLE.exec(text) ?? [];
  const [, , beginning] = BEGINNING.exec(text) ?? [];
  const [found, setFound] = useState<string | null>(null);
  useEffect(() => {
    setFound(null);
    if (!beginning) return;
    const stop = new AbortController();
    lookUp(beginning, token, stop.signal).then(
      (digest) => setFound(digest ?? given),
      () => stop.signal.aborted || setFound(given),
    );
    return () => stop.abort();
  }, [beginning, token, given]);
  if (whole) return `sha256:${whole}`;
  return beginning ? found : given;
}

async function lookUp(beginning: string, token: string | null, signal: AbortSignal): Promise<string | null> {
  const asked = { method: 'HEAD', headers: authorization(token), signal };
  const { ok, url } = await fetch(`/snapshots/${beginning}`, asked);
  return ok ? (/sha256:[0-9a-f]{64}/.exec(decodeURIComponent(url))?.[0] ?? null) : null;
}
