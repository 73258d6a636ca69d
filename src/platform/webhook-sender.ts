import { lookup as resolveName } from 'node:dns/promises';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { DomainError } from '../kernel/errors.ts';

/** Sends to addresses that others chose, and so to none inside the server's own network. */
export interface WebhookSender {
  /** Posts once, follows nothing, and gives the status. Throws BAD_INPUT for an address that may not be asked, and whatever the network throws. */
  post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<number>;
  /** Refuses an address by its form, before anything is asked; BAD_INPUT. */
  check(url: string): void;
}

/** Every address of a name. */
export type ResolveName = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const TIMEOUT_MILLISECONDS = 10_000;

/** Loopback, private, link-local (where clouds keep their metadata), shared, multicast and reserved (RFC 6890). */
const INSIDE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(network, prefix, 'ipv6');

/** Whether an address lies inside; an IPv4 address in IPv6's clothes is judged as what it is. */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const bare = mapped ?? address;
  const family = isIP(bare);
  if (family === 0 || /^::ffff:/i.test(bare)) return true;
  return INSIDE.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/** `allowInside`: for intranets and tests, where whoever subscribes is trusted; http is taken then too. */
export function openWebhookSender({
  allowInside,
  resolve = (host) => resolveName(host, { all: true }),
}: {
  readonly allowInside: boolean;
  readonly resolve?: ResolveName;
}): WebhookSender {
  const check = (url: string): URL => {
    const parsed = URL.canParse(url) ? new URL(url) : null;
    const scheme = parsed?.protocol;
    if (
      !parsed ||
      !(scheme === 'https:' || (allowInside && scheme === 'http:')) ||
      parsed.username ||
      parsed.password
    )
      throw refused(url, 'must be an https:// address without a user or password');
    const host = parsed.hostname.replace(/^\[|\]$/g, '');
    if (!allowInside && isIP(host) !== 0 && isInside(host))
      throw refused(url, 'lies inside the server’s own network');
    return parsed;
  };
  return {
    check: (url) => void check(url),
    async post(url, body, headers) {
      const parsed = check(url);
      const host = parsed.hostname.replace(/^\[|\]$/g, '');
      const found = await resolve(host);
      const inside = found.find(({ address }) => isInside(address));
      if (found.length === 0 || (inside && !allowInside))
        throw refused(url, 'leads inside the server’s own network');
      return send(parsed, found[0]!, body, headers);
    },
  };
}

/** Connects to the very address that was judged: a name that leads elsewhere a moment later changes nothing. */
function send(
  url: URL,
  { address, family }: { readonly address: string; readonly family: number },
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const request = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((done, fail) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
        lookup: (_host, options, callback) =>
          options.all ? callback(null, [{ address, family }]) : callback(null, address, family),
      },
      (response) => {
        done(response.statusCode!);
        response.destroy();
      },
    );
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

function refused(url: string, rule: string): DomainError {
  return new DomainError('BAD_INPUT', `url: "${url.slice(0, 200)}" ${rule}.`);
}
