import { useEffect, useState } from 'preact/hooks';
import { fetchOwn, useSession } from '../session.tsx';

type Fetched = { state: 'waiting' } | { state: 'here'; address: string } | { state: 'refused'; why: string };

/**
 * An image behind the policy: an `img` cannot say who asks, so the bytes are fetched with the token and shown from
 * memory. The browser's own cache keeps them (they are immutable); scrolling past stops the request.
 */
export function Picture({ address, alt, className }: { address: string; alt: string; className?: string }) {
  const fetched = useBytes(address);
  if (fetched.state === 'here') return <img class={className} src={fetched.address} alt={alt} />;
  return (
    <span
      class={`picture-${fetched.state} ${className ?? ''}`}
      role="img"
      // What decorates says nothing while it is on its way either.
      aria-hidden={fetched.state === 'waiting' && alt === ''}
      aria-label={fetched.state === 'refused' ? [alt, fetched.why].filter(Boolean).join(': ') : alt}
    >
      {fetched.state === 'refused' && <small>{fetched.why}</small>}
    </span>
  );
}

export function useBytes(address: string): Fetched {
  const { token } = useSession();
  const [fetched, setFetched] = useState<Fetched>({ state: 'waiting' });
  useEffect(() => {
    const stop = new AbortController();
    let held: string | null = null;
    setFetched({ state: 'waiting' });
    fetchBytes(address, token, stop.signal).then(
      (bytes) => {
        if (stop.signal.aborted) return;
        held = URL.createObjectURL(bytes);
        setFetched({ state: 'here', address: held });
      },
      (fault: Error) => stop.signal.aborted || setFetched({ state: 'refused', why: fault.message }),
    );
    return () => {
      stop.abort();
      if (held) URL.revokeObjectURL(held);
    };
  }, [address, token]);
  return fetched;
}

async function fetchBytes(address: string, token: string | null, signal: AbortSignal): Promise<Blob> {
  const response = await fetchOwn(new URL(address, location.origin).pathname, token, { signal });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.blob();
}
